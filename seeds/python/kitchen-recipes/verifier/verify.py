"""Asks the program in a child process; this process knows the right answers."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabtests
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "amounts": "['2', '1/2', '3/4', '3/2', '10', '9/4']",
    "no_amounts": "['no', 'no', 'no', 'no', 'no', 'no', 'no', 'no']",
    "units": "[('flour', '500', 'g'), ('eggs', '3', ''), ('milk', '200', 'ml'), ('soft butter', '250', 'g'), ('water', '1500', 'ml'), ('oil', '5', 'ml')]",
    "names_like_units": "[('l', ''), ('g', ''), ('kg', 'g'), ('red onions', '')]",
    "nothing_to_take": "['no', 'no', 'no']",
    "scaling": "['3/2', '150'] 6",
    "scaling_down_and_none": "['1/4'] no 1",
    "reading": "Recipe(title='Soup for all', people=12, ingredients=(Ingredient(name='eggs', quantity=Fraction(3, 1), unit=''), Ingredient(name='water', quantity=Fraction(1000, 1), unit='ml')))",
    "no_recipes": "['no', 'no', 'no', 'no', 'no', 'yes', 'yes']",
    "adding_up": "['3 egg', '20 g salt', '10 ml salt']",
    "whole_pieces": "['1 egg'] ['2 egg'] ['3 egg']",
    "tens_of_grams": "['20 g salt'] ['10 g salt'] ['10 ml oil'] []",
    "the_pantry": "['1 egg'] [] ['1 egg']",
    "other_units_stay_apart": "['100 g cream']",
    "list_in_order": "['1 apple', '1 fig', '1 pear']",
    "shown_large": "['1 1/2 kg flour', '999 g flour', '1 kg flour', '2 1/4 l milk', '1500 eggs']",
    "shown_parts": "['1/2 lemon', '1 1/2 lemon', '1/3 lemon', '2 2/3 lemon', '3/4 lemon', '1/4 lemon']",
    "shown_others": "['200 ml oil', '0.12 lemon', '1.1 lemon', '0.4 lemon', '0 lemon', '3 lemon']",
}
VISIBLE = (
    "test_amounts",
    "test_no_amount",
    "test_units",
    "test_no_ingredient",
    "test_read",
    "test_scale",
    "test_shopping",
    "test_pantry",
    "test_whole_pieces",
    "test_shown",
)

verifier = cabverify.Verifier()
source = os.path.join(WORKSPACE, "src")
driver = [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), source]
cabverify.compare(verifier, EXPECTED, lambda: driver, seconds=2)
cabtests.unittests(
    verifier, "test_recipes.TestRecipes", VISIBLE, paths=[os.path.join(WORKSPACE, "tests"), source], seconds=2
)
verifier.finish()
