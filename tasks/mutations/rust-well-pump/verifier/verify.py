"""Drives the library from outside: a program prints what came out, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrust
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "starts_at_low": "...#### 4",
    "stops_at_high": "####..... 4",
    "does_not_start_in_between": "....#....... 1",
    "rest_after_a_short_run": "#.....#### 5",
    "rest_after_a_run_as_long": "#####.....#### 9",
    "rest_after_a_long_run": "####################.....#### 24",
    "rest_after_the_longest_run": "############......############ 24",
    "rest_longer_than_a_run": "###.......###.......###! 9",
    "rest_of_one_minute": "####.####.## 10",
    "no_rest": "####.### 7",
    "no_rest_before_the_first_run": "### 3",
    "rest_while_the_tank_is_full": "########.....### 11",
    "water_after_the_rest": "########.........### 11",
    "silent_sensor": "#######...##### 12",
    "silent_before_the_start": ".....###...## 5",
    "silence_is_no_overrun": "###.###.##.###!!!!! 11",
    "alarm_after_three": "#####..#####..#####!!!!!! 15",
    "a_full_tank_in_between": "###.###.##.###.###.###!! 17",
    "alarm_stays": "#.#.#!!!!!!!!!!!! 3",
    "reset_after_an_alarm": "####......####......####!|.....####......####....|..####!!!!!! 24",
    "reset_without_an_alarm": "####...|####...|####!!! 12",
}
VISIBLE = {
    "tests/pump.rs": [
        "between_low_and_high",
        "the_motor_cools_down",
        "a_long_run_is_stopped",
        "the_sensor_is_silent",
        "an_alarm_in_the_end",
        "minutes_are_counted",
    ],
}

verifier = cabverify.Verifier()
cabrust.check(
    verifier,
    EXPECTED,
    crate="wellpump",
    driver=os.path.join(HERE, "driver.rs"),
    visible=VISIBLE,
)
verifier.finish()
