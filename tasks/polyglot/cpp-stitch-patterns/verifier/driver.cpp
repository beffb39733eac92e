// Draws as the named case says and prints the patterns.
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include "history.hpp"
#include "pattern.hpp"

static void show(const Pattern& pattern) {
    for (int y = 0; y < pattern.height(); ++y) {
        for (int x = 0; x < pattern.width(); ++x) std::printf("%d", pattern.at(x, y));
        std::printf("\n");
    }
    std::printf("%d stitched\n", pattern.stitched());
}

static Pattern drawn(int width, int height) {
    Pattern pattern(width, height);
    for (int x = 0; x < width; ++x) pattern.set(x, x % height, x + 1);
    return pattern;
}

static void colour(Pattern pattern, int to) {
    pattern.set(0, 0, to);
    show(pattern);
}

static void outside_of_the_grid() {
    Pattern pattern = drawn(3, 2);
    for (int at : {-1, 3, 7}) {
        pattern.set(at, 0, 9);
        pattern.set(0, at, 9);
        std::printf("%d %d\n", pattern.at(at, 1), pattern.at(1, at));
    }
    show(pattern);
}

static void larger_and_smaller() {
    Pattern pattern = drawn(3, 3);
    pattern.resize(5, 2);
    show(pattern);
    pattern.resize(2, 4);
    show(pattern);
    pattern.resize(0, 0);
    show(pattern);
}

static void copies() {
    Pattern one = drawn(3, 2);
    Pattern other(one);
    other.set(2, 1, 8);
    one.set(0, 1, 6);
    show(one);
    show(other);
}

static void given_to_functions() {
    Pattern pattern = drawn(2, 2);
    colour(pattern, 5);
    colour(pattern, 6);
    show(pattern);
}

static void assigned() {
    Pattern one = drawn(3, 2);
    Pattern other(1, 1);
    other = one;
    one.set(0, 0, 9);
    show(other);
    Pattern third(5, 5);
    third = other = one;
    other.set(1, 0, 4);
    show(third);
}

static void assigned_to_itself() {
    Pattern pattern = drawn(3, 2);
    Pattern& same = pattern;
    pattern = same;
    pattern.set(2, 1, 7);
    show(pattern);
}

static void moved_and_swapped() {
    Pattern one = drawn(2, 1);
    Pattern other = drawn(1, 2);
    std::swap(one, other);
    show(one);
    show(other);
    Pattern third = std::move(other);
    other = drawn(3, 1);
    show(third);
    show(other);
}

static void in_a_vector() {
    std::vector<Pattern> patterns;
    for (int width = 1; width <= 6; ++width) patterns.push_back(drawn(width, 2));
    patterns.insert(patterns.begin(), drawn(2, 2));
    patterns.erase(patterns.begin() + 2);
    patterns[0].set(0, 0, 9);
    for (const Pattern& pattern : patterns) show(pattern);
    patterns.assign(3, drawn(1, 1));
    patterns[1].set(0, 0, 4);
    for (const Pattern& pattern : patterns) std::printf("%d\n", pattern.at(0, 0));
}

static void copy_resized() {
    Pattern one = drawn(2, 2);
    Pattern other = one;
    other.resize(4, 1);
    show(one);
    show(other);
    one.resize(1, 1);
    show(other);
}

static void empty_grid() {
    Pattern none(0, 0);
    Pattern other = none;
    other.resize(1, 1);
    other.set(0, 0, 2);
    none = other;
    show(none);
    show(Pattern(0, 3));
}

static void many_steps() {
    Pattern pattern(3, 1);
    History history(pattern);
    for (int x = 0; x < 3; ++x) {
        pattern.set(x, 0, x + 1);
        history.change(pattern);
    }
    while (history.undo()) show(history.now());
    history.redo();
    history.redo();
    show(history.now());
    pattern.set(0, 0, 9);
    show(history.now());
}

static void another_way() {
    History history(drawn(2, 2));
    history.change(drawn(3, 1));
    history.change(drawn(1, 3));
    history.undo();
    history.undo();
    Pattern pattern = history.now();
    pattern.set(1, 0, 8);
    history.change(pattern);
    std::printf("%d\n", history.redo());
    show(history.now());
    history.undo();
    show(history.now());
}

static void two_histories() {
    History one(drawn(2, 1));
    History other = one;
    Pattern pattern = one.now();
    pattern.set(0, 0, 7);
    other.change(pattern);
    show(one.now());
    show(other.now());
    one = other;
    one.undo();
    show(one.now());
    show(other.now());
}

struct Case {
    const char* name;
    void (*play)();
};

static const Case CASES[] = {
    {"outside_of_the_grid", outside_of_the_grid},
    {"larger_and_smaller", larger_and_smaller},
    {"copies", copies},
    {"given_to_functions", given_to_functions},
    {"assigned", assigned},
    {"assigned_to_itself", assigned_to_itself},
    {"moved_and_swapped", moved_and_swapped},
    {"in_a_vector", in_a_vector},
    {"copy_resized", copy_resized},
    {"empty_grid", empty_grid},
    {"many_steps", many_steps},
    {"another_way", another_way},
    {"two_histories", two_histories},
};

int main(int count, char** words) {
    for (int at = 1; at < count; ++at) {
        std::printf("== %s\n", words[at]);
        for (const Case& one : CASES) {
            if (std::strcmp(one.name, words[at]) == 0) one.play();
        }
        std::printf("== .\n");
        std::fflush(stdout);
    }
}
