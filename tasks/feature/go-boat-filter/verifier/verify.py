"""Types filters from outside: a child prints what they pick, this process knows the right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabgo
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "old_filters": """\
[Tern Gull Curlew Skua or] <> true
[Tern Gull Curlew Skua or] <> true
[Tern Curlew] <kind=sloop> true
[Curlew] <kind=sloop length>8> true
[Gull] <kind!=sloop length<20> true
[Tern] <name=Tern> true
[] <length>x> true
[Gull Curlew Skua or] <length!=8> true
[Tern Gull Curlew Skua or] <colour!=red> true
[] <colour=red> true""",
    "old_quotes": '[or] <name=or> true\n[] <name="a ""b"""> true\n[] <name=""> true\n[] <kind="two words"> true',
    "old_errors": """\
error at 5: one of = != < > is expected
error at 6: a value is expected
error at 6: a value is expected
error at 1: a field is expected
error at 6: this quote is never closed
error at 11: a blank is expected
error at 7: a quote within a value
error at 5: one of = != < > is expected
error at 1: a field is expected
error at 6: a value is expected
error at 5: a field is expected""",
    "either": """\
[Gull Skua] <kind=ketch or kind=barge> true
[Tern Gull Skua] <kind=ketch or length<10 or kind=barge> true
[] <kind=none or kind=nothing> true""",
    "or_comes_last": """\
001 011 101 110 111
011 100 101 110 111
001 101 110 111
001 010 011 100 101 110 111""",
    "groups": """\
011 101 111
011 101 111
010 100 101 110
100 101 110 111
110 111
111""",
    "not_of_a_condition": """\
000 001 010 011
010 011
010 011
000 001 010 011 110 111
000 001 100 101 110 111""",
    "not_of_a_group": """\
000 001 010 011 100 101
000 001
001 011 101
001 011 100 101 111""",
    "repeated_not": """\
100 101 110 111
000 001 010 011
010 011 100 101 110 111
100 101 110 111""",
    "deep_groups": """\
000 001 010 011 101 110 111
100 101 110 111""",
    "blanks_are_not_needed": """\
[Curlew] <kind=sloop length>8> true
[Curlew] <kind=sloop length>8> true
[Gull Skua or] <not kind=sloop> true
[Gull Skua] <kind=ketch or kind=barge> true
[Gull Skua] <kind=ketch or kind=barge> true
[Gull Skua] <kind=ketch or kind=barge> true
[Tern] <not not kind=sloop length<9> true""",
    "many_blanks": "[Skua] <(kind=ketch or kind=barge) not length>9> true",
    "words_in_fields": """\
[Gull] <or=1> true
[Curlew] <not=1> true
[or] <orx=1> true
[] <notx=1> true
[Tern Gull Skua or] <not not=1> true
[Gull Curlew] <or=1 or not=1> true
[Tern Curlew Skua or] <not or=1> true""",
    "words_in_values": """\
[or] <name=or> true
[] <name=not> true
[Skua or] <name=or or kind=barge> true
[Tern Gull Curlew Skua] <not name=or> true
[or] <name=or> true""",
    "words_in_capitals": """\
error at 12: a field is expected
error at 1: a field is expected
error at 12: a field is expected""",
    "values_end_at_groups": """\
[Tern] <name=Tern> true
[Tern Gull] <name=Tern or name=Gull> true
error at 6: a value is expected
error at 9: this ) was never opened
[or] <kind="(old)"> true
[or] <kind="(old)"> true
[Tern] <name=Tern length<9> true""",
    "text_without_parens": """\
[Tern Gull Curlew Skua] <kind=sloop or kind=ketch or kind=barge> true
[Curlew] <kind=sloop length>8 length<20> true
[Curlew] <kind=sloop length>8 length<20> true
[Curlew Skua] <kind=sloop length>8 or kind=barge> true
[Tern Curlew] <kind=sloop> true
[Gull Skua or] <not kind=sloop> true
[Gull] <not kind=sloop length>8> true""",
    "text_with_parens": """\
[Gull Curlew] <(kind=sloop or kind=ketch) length>8> true
[Gull Curlew] <length>8 (kind=sloop or kind=ketch)> true
[Tern Gull Skua or] <not (kind=sloop length>8)> true
[Skua or] <not (kind=sloop or kind=ketch)> true
[Tern Gull Curlew] <not not (kind=sloop or kind=ketch)> true
[Gull Skua or] <not kind=sloop> true""",
    "text_of_quoted_values": """\
[Tern Curlew or] <kind="(old)" or kind=sloop> true
[] <name=")"> true
[] <name="a(b"> true
[] <name="x y"> true""",
    "never_closed": """\
error at 1: this ( is never closed
error at 5: this ( is never closed
error at 1: this ( is never closed
error at 1: this ( is never closed
error at 5: this ( is never closed""",
    "never_opened": """\
error at 11: this ) was never opened
error at 13: this ) was never opened
error at 14: this ) was never opened
error at 11: this ) was never opened""",
    "conditions_missing": """\
error at 1: a condition is expected
error at 1: a condition is expected
error at 7: a condition is expected
error at 8: a condition is expected
error at 8: a condition is expected
error at 4: a condition is expected
error at 5: a condition is expected
error at 8: a condition is expected
error at 5: a condition is expected
error at 2: a condition is expected
error at 3: a condition is expected
error at 6: a condition is expected
error at 8: a condition is expected
error at 2: a condition is expected
error at 5: a condition is expected
error at 2: a condition is expected
error at 3: a condition is expected
error at 6: a condition is expected""",
    "first_mistake_counts": """\
error at 6: one of = != < > is expected
error at 7: a value is expected
error at 11: this ) was never opened
error at 12: one of = != < > is expected
error at 7: one of = != < > is expected
error at 10: a condition is expected
error at 15: one of = != < > is expected
error at 7: this quote is never closed""",
    "selections_keep_order": """\
[Tern Gull Curlew Skua or] <not kind=x> true
[Tern Gull Curlew Skua or] <length>0 or length<0 or not length>0> true""",
}
VISIBLE = {
    "tests/filter_test.go": [
        "TestConditionsTogether",
        "TestQuotes",
        "TestErrors",
        "TestTypedAgain",
        "TestEither",
        "TestGroupsAndNot",
    ],
}

verifier = cabverify.Verifier()
cabgo.check(
    verifier,
    EXPECTED,
    module="example.com/filter",
    driver=os.path.join(HERE, "driver.go"),
    visible=VISIBLE,
)
verifier.finish()
