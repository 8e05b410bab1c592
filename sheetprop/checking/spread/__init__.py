"""Tables whose columns stand on several sheets: laid together to be judged, and put apart again."""
