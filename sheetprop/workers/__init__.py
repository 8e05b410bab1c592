"""Files of strangers are read, judged, reported and marked in processes that hold limits.

`pool` gives the files to workers and their answers back in order; `zygote` makes workers, as
copies of a process that has everything imported and has seen no file; `worker` does the work.
"""
