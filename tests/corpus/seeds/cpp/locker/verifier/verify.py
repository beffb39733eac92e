"""Drives the program from outside; this process knows what is right."""

import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = tempfile.mkdtemp()
HIDDEN = {
    "total_0_5_9": "9\n14\n14",
    "total_4": "13",
    "fee_small-1_small-2": "2\n4",
    "fee_medium-1_medium-4": "3\n12",
    "fee_large-2": "14",
    "fee_large-0": "0",
    "fee_small-5_medium-5": "8\n12",
    "fee_large-6": "35",
    "fits_20-8_21-1": "yes\nno",
    "fits_1-9_3-3": "no\nyes",
    "put_7-3": "yes no 0 4",
    "put_30-3": "no yes 0 27",
    "put_8-8": "yes no 0 0",
}
VISIBLE = {
    "total_1": "10",
    "fee_small-3_medium-3": "6\n9",
    "fee_large-1": "7",
    "fee_medium-0": "0",
    "fee_large-5": "28",
    "fits_20-1_1-8": "yes\nyes",
    "fits_22-2_2-10": "no\nno",
    "put_9-2": "yes no 0 7",
}


def start():
    out = os.path.join(BUILD, "driver")
    argv = [
        "g++",
        "-std=c++17",
        "-O0",
        "-I",
        WORKSPACE,
        "-o",
        out,
        os.path.join(HERE, "driver.cpp"),
    ]
    cabverify.run(argv, seconds=90).must_succeed("compiling the program")
    return [out]


verifier = cabverify.Verifier()
argv = None


def once():
    global argv
    if argv is None:
        argv = start()
    return argv


cabverify.compare(verifier, HIDDEN, once)
cabverify.compare(verifier, VISIBLE, once, suite="visible")
shutil.rmtree(BUILD)
verifier.finish()
