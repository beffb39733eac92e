"""Drives the archive from outside: a child prints what happened, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabjava
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "lines_of_readings": """\
0;0 12;-7
0;0 -> 0 0
12;-7 -> 12 -7
3;+4 -> 3 4
a minute is not negative""",
    "lines_that_are_no_readings": """\
no reading: 
no reading: ;
no reading: 1
no reading: ;5
no reading: 5;
no reading: a;5
no reading: 5;b
no reading: 1;2;3
a minute is not negative""",
    "summaries": """\
count=0
count=1 low=7 high=7 mean=7
count=2 low=3 high=3 mean=3
count=3 low=-9 high=-5 mean=-7
count=3 low=2 high=9 mean=5
count=3 low=2 high=9 mean=5""",
    "means_are_rounded": """\
[1, 2] 2
[1, 1, 2] 1
[1, 2, 2] 2
[-1, -2] -1
[-1, -1, -2] -1
[-1, -2, -2] -2
[-3, 2] 0
[5] 5
0
2000000000""",
    "ranges": """\
0 0 11
4 0""",
    "one_segment": """\
open tide-000000
0;5
1;9
59;7
59 0
#count=3 low=5 high=9 mean=7
close tide-000000
ended""",
    "nothing_to_write": """\
-1 0
ended
ended""",
    "edges_of_a_span": """\
open tide-000000
9;1
#count=1 low=1 high=1 mean=1
close tide-000000
open tide-000010
10;2
19;3
#count=2 low=2 high=3 mean=3
close tide-000010
open tide-000020
20;4
#count=1 low=4 high=4 mean=4
close tide-000020
open tide-000040
45;5
#count=1 low=5 high=5 mean=5
close tide-000040
ended""",
    "splits_of_a_span": """\
open tide-000000
0;1
1;2
#count=2 low=1 high=2 mean=2
close tide-000000
open tide-000000-1
2;3
3;4
#count=2 low=3 high=4 mean=4
close tide-000000-1
open tide-000000-2
4;5
#count=1 low=5 high=5 mean=5
close tide-000000-2
open tide-000010
10;6
11;7
#count=2 low=6 high=7 mean=7
close tide-000010
ended""",
    "full_at_the_end_of_a_span": """\
open tide-000000
8;1
9;2
#count=2 low=1 high=2 mean=2
close tide-000000
open tide-000010
10;3
11;4
#count=2 low=3 high=4 mean=4
close tide-000010
ended""",
    "one_reading_each": """\
open tide-000000
0;1
#count=1 low=1 high=1 mean=1
close tide-000000
open tide-000001
1;2
#count=1 low=2 high=2 mean=2
close tide-000001
ended
open tide-000200
250;1
#count=1 low=1 high=1 mean=1
close tide-000200
open tide-000200-1
251;2
#count=1 low=2 high=2 mean=2
close tide-000200-1
open tide-000200-2
252;3
#count=1 low=3 high=3 mean=3
close tide-000200-2
ended""",
    "names_of_segments": """\
open tide-000007
7;1
#count=1 low=1 high=1 mean=1
close tide-000007
open tide-123456
123456;2
#count=1 low=2 high=2 mean=2
close tide-123456
open tide-1234567
1234567;3
#count=1 low=3 high=3 mean=3
close tide-1234567
ended""",
    "skipped_readings": """\
open tide-000000
0;1
skipped 0
5;3
skipped 4
skipped 5
#count=2 low=1 high=3 mean=2
close tide-000000
open tide-000000-1
6;6
skipped 3
6 4
#count=1 low=6 high=6 mean=6
close tide-000000-1
ended
6 4""",
    "settings_that_make_no_sense": """\
span and limit are at least 1
span and limit are at least 1
span and limit are at least 1
span and limit are at least 1
made""",
    "after_the_end": """\
open tide-000000
1;1
#count=1 low=1 high=1 mean=1
close tide-000000
ended
the archive is closed
the archive is closed
ended
0""",
    "a_segment_that_cannot_be_opened": """\
open tide-000000
1;1
#count=1 low=1 high=1 mean=1
close tide-000000
refused open tide-000010
no open tide-000010
refused open tide-000010
no open tide-000010
open tide-000020
21;4
21 0
#count=1 low=4 high=4 mean=4
close tide-000020
ended""",
    "a_line_that_cannot_be_added": """\
open tide-000000
1;1
refused 2;2
no 2;2
2;5
3;3
3 0
#count=3 low=1 high=5 mean=3
close tide-000000
ended""",
    "a_summary_that_cannot_be_added": """\
open tide-000000
1;1
refused #count=1 low=1 high=1 mean=1
close tide-000000
no #count=1 low=1 high=1 mean=1
open tide-000010
13;3
13
#count=1 low=3 high=3 mean=3
close tide-000010
ended
open tide-000000
1;1
refused #count=1 low=1 high=1 mean=1
close tide-000000
no #count=1 low=1 high=1 mean=1
ended""",
    "trouble_while_ending": """\
open tide-000000
1;1
#count=1 low=1 high=1 mean=1
refused close tide-000000
no close tide-000000
open tide-000010
13;3
#count=1 low=3 high=3 mean=3
close tide-000010
ended""",
    "reading_a_part": """\
read 1;4 2;6 5;8 6;2
read 1;4 2;6 5;8
read 2;6
read
read
read
read""",
    "damaged_segments": """\
the segment is damaged
the segment is damaged
the segment is damaged
the segment is damaged
no reading: #count=1 low=4 high=4 mean=4
no reading: x
read""",
    "floods_and_waves": """\
[]
[10, 40]
[0, 60]
[0, 40]
[]""",
}
VISIBLE = [
    "readings_are_lines",
    "a_summary_of_three",
    "a_segment_is_ended_with_its_summary",
    "each_span_has_its_segment",
    "full_segments_are_split",
    "late_readings_are_skipped",
    "nothing_is_written_after_the_end",
    "segments_are_read_back",
    "floods_begin_at_the_mark",
]

verifier = cabverify.Verifier()
cabjava.check(
    verifier,
    EXPECTED,
    source="src",
    driver=os.path.join(HERE, "Driver.java"),
    tests="tests",
    main="ArchiveTest",
    visible=VISIBLE,
)
verifier.finish()
