// Plays the commands of the case that is named and prints what the map answered; judges nothing.
#include <cstdio>
#include <cstring>

#include "lawn.hpp"

struct Case {
    const char* name;
    // + L T W H adds, - cuts, c asks whether it is covered, h X Y asks for a place, r STEP for runs,
    // a area, b bounds, e edge, p parts, d draws; i, s and w take two rectangles: what is common to
    // both, the side that they share, and the first without the second.
    const char* commands;
};

static const Case CASES[] = {
    {"places", "+ 2 1 3 2 h 1 1 h 2 0 h 2 1 h 4 2 h 5 2 h 4 3 h 2 2 d"},
    {"places_left_of_zero", "+ -3 -2 2 4 h -3 -2 h -4 -2 h -1 1 h -2 1 h -2 2 a b"},
    {"empty_rectangles", "+ 0 0 0 3 + 0 0 3 0 + 0 0 -1 -1 + 5 5 3 -2 a p b d - 0 0 0 0 + 1 1 1 1 - 1 1 0 1 a"},
    {"overlapping", "+ 0 0 4 3 + 2 1 4 3 a d + 0 0 6 4 a p e"},
    {"the_same_twice", "+ 1 1 3 3 + 1 1 3 3 a e p + 2 2 1 1 a e"},
    {"side_by_side", "+ 0 0 3 2 + 3 0 2 2 + 0 2 5 1 a e p b"},
    {"cut_in_the_middle", "+ 0 0 5 5 - 2 2 1 1 a d e p"},
    {"cut_at_the_sides", "+ 0 0 6 5 - 0 0 1 1 - 5 0 4 2 - -2 4 4 3 - 3 4 1 1 d a e"},
    {"cut_all", "+ 0 0 3 3 + 5 0 1 1 - -1 -1 9 9 a p b e d r 1 c 0 0 1 1"},
    {"cut_what_is_not_there", "+ 0 0 3 3 - 3 0 2 2 - 0 3 2 2 - -2 0 2 9 - 0 -1 9 1 a d"},
    {"cut_across", "+ 0 0 7 5 - 2 -1 1 9 - -1 2 9 1 d p a e b"},
    {"cut_and_add_again", "+ 0 0 5 4 - 1 1 3 2 + 2 1 1 1 d a p e + 1 1 3 2 a e p"},
    {"in_common", "i 0 0 4 4 2 1 4 4 i 0 0 4 4 4 0 2 2 i 0 0 9 9 2 3 4 5 i 0 0 2 2 5 5 1 1 i -3 -3 4 4 -1 -5 9 4"},
    {"shared_sides", "s 0 0 4 4 4 2 3 5 s 4 2 3 5 0 0 4 4 s 0 0 4 4 -2 -2 2 9 s 0 0 4 4 0 4 4 1 s 0 0 4 4 1 -1 2 1 "
                     "s 0 0 4 4 4 4 1 1 s 0 0 4 4 5 0 1 4 s 0 0 4 4 1 1 2 2 s 0 0 4 4 3 3 4 4 s 0 0 4 4 -1 4 1 2"},
    {"pieces_at_corners", "w 0 0 6 4 0 0 2 1 w 0 0 6 4 4 3 9 9 w 0 0 6 4 -1 3 3 3 w 0 0 6 4 5 -1 3 3"},
    {"pieces_of_bars", "w 0 0 6 4 2 -1 1 9 w 0 0 6 4 -1 1 9 2 w 0 0 6 4 0 0 6 1 w 0 0 6 4 5 0 1 4"},
    {"pieces_of_nothing", "w 0 0 6 4 0 0 6 4 w 0 0 6 4 -1 -1 9 9 w 0 0 6 4 6 0 1 4 w 0 0 6 4 0 4 6 1 w 0 0 6 4 2 2 0 1"},
    {"covered_by_one", "+ 1 1 4 3 c 1 1 4 3 c 2 2 1 1 c 0 1 4 3 c 1 0 4 3 c 2 1 4 3 c 1 2 4 3 c 2 2 0 1 c 3 2 1 -1"},
    {"covered_by_several", "+ 0 0 3 2 + 3 0 3 4 c 0 0 6 2 c 1 1 4 1 c 0 0 6 3 c 2 1 2 2 c 3 0 3 4 c 2 0 2 2"},
    {"covered_around_a_bed", "+ 0 0 6 6 - 2 2 1 1 c 0 0 6 6 c 0 0 6 2 c 3 0 3 6 c 2 3 4 3 c 2 2 1 1 c 1 1 1 4"},
    {"bounds_of_far_things", "+ 5 7 2 1 b + 1 9 1 4 b + 6 -3 1 1 b + -8 0 3 3 b - -8 -3 20 10 b"},
    {"wire_of_steps", "+ 0 0 1 3 + 1 1 1 2 + 2 2 1 1 e p + 0 3 3 1 e a"},
    {"wire_of_beds", "+ 0 0 9 7 - 1 1 2 2 - 3 3 1 1 - 7 1 1 5 e p a"},
    {"wire_of_corners", "+ 0 0 2 2 + 2 2 2 2 e p + 2 0 2 2 e p"},
    {"parts_and_bridges", "+ 0 0 2 5 + 6 0 2 5 p + 2 2 4 1 p - 4 2 1 1 p - 0 0 9 9 p + 0 0 1 1 + 1 1 1 1 + 0 2 1 1 p + 0 1 1 1 p"},
    {"a_ring_is_one", "+ 0 0 5 5 - 1 1 3 3 p e + 2 2 1 1 p e + 2 1 1 1 p"},
    {"runs_in_every_row", "+ 2 1 4 3 r 1 r 2 r 3 r 4 r 0 r -1"},
    {"runs_around_a_bed", "+ 0 0 8 5 - 3 1 2 3 r 1 r 2"},
    {"runs_over_gaps", "+ 0 0 3 1 + 1 4 3 1 + 0 5 2 1 r 1 r 2 r 5"},
    {"runs_are_joined", "+ 4 0 2 2 + 0 0 2 2 + 2 0 2 2 r 1 + 8 0 1 1 + 7 1 1 1 r 1"},
};

static const char* rest;

static int number() {
    int value = 0;
    int used = 0;
    std::sscanf(rest, "%d%n", &value, &used);
    rest += used;
    return value;
}

static Rect rect() {
    Rect read{};
    read.left = number();
    read.top = number();
    read.width = number();
    read.height = number();
    return read;
}

static void show(const Rect& one) {
    std::printf("%d %d %d %d\n", one.left, one.top, one.width, one.height);
}

static void draw(const Lawn& lawn) {
    for (int y = 0; y < 6; ++y) {
        for (int x = 0; x < 8; ++x) std::printf("%c", lawn.has(x, y) ? '#' : '.');
        std::printf("\n");
    }
}

static void play(Lawn& lawn, char command) {
    if (command == '+') {
        if (!lawn.add(rect())) std::printf("not added\n");
    } else if (command == '-') {
        std::printf("%ld gone\n", lawn.cut(rect()));
    } else if (command == 'c') {
        std::printf("%s\n", lawn.covers(rect()) ? "covered" : "not covered");
    } else if (command == 'h') {
        const int x = number();
        const int y = number();
        std::printf("%s\n", lawn.has(x, y) ? "lawn" : "none");
    } else if (command == 'r') {
        std::printf("runs");
        for (const Run& run : lawn.runs(number())) std::printf(" %d:%d>%d", run.y, run.from, run.to);
        std::printf("\n");
    } else if (command == 'a') {
        std::printf("area %ld\n", lawn.area());
    } else if (command == 'b') {
        show(lawn.bounds());
    } else if (command == 'e') {
        std::printf("edge %ld\n", lawn.edge());
    } else if (command == 'p') {
        std::printf("parts %d\n", lawn.parts());
    } else if (command == 'd') {
        draw(lawn);
    } else {
        const Rect one = rect();
        const Rect other = rect();
        if (command == 'i') {
            const Rect both = common(one, other);
            if (both.empty()) std::printf("nothing\n");
            else show(both);
        } else if (command == 's') {
            std::printf("side %d\n", shared_side(one, other));
        } else {
            for (const Rect& piece : without(one, other)) show(piece);
            std::printf("-\n");
        }
    }
}

int main(int count, char** words) {
    for (int at = 1; at < count; ++at) {
        std::printf("== %s\n", words[at]);
        for (const Case& one : CASES) {
            if (std::strcmp(one.name, words[at]) != 0) continue;
            Lawn lawn;
            rest = one.commands;
            while (*rest != '\0') {
                const char command = *rest++;
                if (command != ' ') play(lawn, command);
            }
        }
        std::printf("== .\n");
        std::fflush(stdout);
    }
}
