"""The functions that sheetprop is called by, each as the command of the same name."""
