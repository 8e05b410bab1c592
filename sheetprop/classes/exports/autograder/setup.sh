#!/usr/bin/env bash
# Run once by Gradescope when the image of the autograder is made.
set -e
apt-get update
apt-get install -y --no-install-recommends python3 python3-venv
python3 -m venv /autograder/venv
/autograder/venv/bin/pip install --no-cache-dir "sheetprop==VERSION"
