"""Works out what each case names, and prints it."""

import sys

sys.path.insert(0, sys.argv[1])


def no(call, *words):
    try:
        call(*words)
    except ValueError:
        return "no"
    return "yes"


def answer(name):
    from recipes import amount, ingredient, read, shopping, shown

    def buy(*texts, pantry=()):
        return [shown(one) for one in shopping(map(read, texts), map(ingredient, pantry))]

    cases = {
        "amounts": lambda: [
            [str(amount(t)) for t in ('2', '0.5', '3/4', '1 1/2', ' 10 ', '2.25')]
        ],
        "no_amounts": lambda: [
            [no(amount, t) for t in ('', 'x', '1/0', '1 2', '.5', '1.', '-1', '2/3/4')]
        ],
        "units": lambda: [
            [(i.name, str(i.quantity), i.unit) for i in map(ingredient, ('1/2 kg flour', '3 eggs', '0.2 l milk', '250 g soft butter', '1 1/2 l water', '5 ml oil'))]
        ],
        "names_like_units": lambda: [
            [(i.name, i.unit) for i in map(ingredient, ('2 l', '3 g', '1 kg kg', '2 red onions'))]
        ],
        "nothing_to_take": lambda: [
            [no(ingredient, t) for t in ('5', '', 'salt')]
        ],
        "scaling": lambda: [
            [str(i.quantity) for i in read('Cake (4)\n1 egg\n100 g nuts').for_people(6).ingredients], read('Cake (4)\n1 egg').for_people(6).people
        ],
        "scaling_down_and_none": lambda: [
            [str(i.quantity) for i in read('Cake (4)\n1 egg').for_people(1).ingredients], no(read('Cake (4)').for_people, 0), read('Cake (4)').for_people(1).people
        ],
        "reading": lambda: [
            read('# old\n\n  Soup for all (12)\n# note\n3 eggs\n\n1 l water')
        ],
        "no_recipes": lambda: [
            [no(read, t) for t in ('', 'Soup', 'Soup (0)', '(4)', 'Soup (x)', 'Soup (4) ', 'Soup (1)')]
        ],
        "adding_up": lambda: [
            buy('A (1)\n1 egg\n5 g salt', 'B (1)\n2 egg\n6 g salt\n1 ml salt')
        ],
        "whole_pieces": lambda: [
            buy('A (1)\n1/3 egg'), buy('A (1)\n2 egg'), buy('A (1)\n5/2 egg')
        ],
        "tens_of_grams": lambda: [
            buy('A (1)\n11 g salt'), buy('A (1)\n10 g salt'), buy('A (1)\n1 ml oil'), buy('A (1)\n0 g salt')
        ],
        "the_pantry": lambda: [
            buy('A (1)\n3 egg\n100 g salt', pantry=('2 egg', '100 g salt', '1 l oil')), buy('A (1)\n3 egg', pantry=('5 egg',)), buy('A (1)\n3 egg', pantry=('1 egg', '1 egg'))
        ],
        "other_units_stay_apart": lambda: [
            buy('A (1)\n100 g cream', pantry=('1 l cream',))
        ],
        "list_in_order": lambda: [
            buy('A (1)\n1 pear\n1 apple\n1 fig')
        ],
        "shown_large": lambda: [
            [shown(ingredient(t)) for t in ('1500 g flour', '999 g flour', '1 kg flour', '2250 ml milk', '1500 eggs')]
        ],
        "shown_parts": lambda: [
            [shown(ingredient(t)) for t in ('1/2 lemon', '1 1/2 lemon', '1/3 lemon', '2 2/3 lemon', '3/4 lemon', '1/4 lemon')]
        ],
        "shown_others": lambda: [
            [shown(ingredient(t)) for t in ('0.2 l oil', '1/8 lemon', '1.1 lemon', '0.4 lemon', '0 lemon', '3 lemon')]
        ],
    }
    return cases[name]()


for name in sys.argv[2:]:
    print("==", name)
    print(*answer(name))
    print("== .", flush=True)
