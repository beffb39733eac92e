import sys
import unittest
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from recipes import amount, ingredient, read, shopping, shown

PANCAKES = "Pancakes (2)\n\n# the old way\n2 eggs\n1/4 kg flour\n0.5 l milk\n"


class TestRecipes(unittest.TestCase):
    def test_amounts(self):
        self.assertEqual([3, Fraction(3, 2), Fraction(1, 4)], [amount(t) for t in ("3", "1 1/2", "0.25")])

    def test_no_amount(self):
        for text in ("", "1/0", "a", "1 2"):
            with self.assertRaises(ValueError):
                amount(text)

    def test_units(self):
        found = [ingredient(t) for t in ("1/2 kg flour", "3 eggs", "1 1/2 l milk")]
        self.assertEqual([(500, "g"), (3, ""), (1500, "ml")], [(i.quantity, i.unit) for i in found])

    def test_no_ingredient(self):
        with self.assertRaises(ValueError):
            ingredient("5")

    def test_read(self):
        recipe = read(PANCAKES)
        self.assertEqual(("Pancakes", 2, 3), (recipe.title, recipe.people, len(recipe.ingredients)))
        for text in ("", "Soup", "Soup (0)"):
            with self.assertRaises(ValueError):
                read(text)

    def test_scale(self):
        more = read(PANCAKES).for_people(5)
        self.assertEqual([5, 625, 1250], [i.quantity for i in more.ingredients])
        with self.assertRaises(ValueError):
            more.for_people(0)

    def test_shopping(self):
        found = [shown(i) for i in shopping([read(PANCAKES), read("Cake (1)\n1 eggs\n15 g salt\n")])]
        self.assertEqual(["3 eggs", "250 g flour", "500 ml milk", "20 g salt"], found)

    def test_pantry(self):
        have = [ingredient("1 eggs"), ingredient("1 kg flour")]
        found = [shown(i) for i in shopping([read(PANCAKES)], have)]
        self.assertEqual(["1 eggs", "500 ml milk"], found)

    def test_whole_pieces(self):
        self.assertEqual(["1 egg"], [shown(i) for i in shopping([read("A (1)\n1/4 egg")])])

    def test_shown(self):
        texts = ("1500 g flour", "1/2 lemon", "2 1/4 l milk", "1/8 lemon", "900 g flour")
        expected = ["1 1/2 kg flour", "1/2 lemon", "2 1/4 l milk", "0.12 lemon", "900 g flour"]
        self.assertEqual(expected, [shown(ingredient(t)) for t in texts])


if __name__ == "__main__":
    unittest.main()
