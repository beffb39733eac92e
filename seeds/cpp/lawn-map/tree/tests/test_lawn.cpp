#include "check.hpp"
#include "lawn.hpp"

// 10 by 6, and a bed of 2 by 2 in it from 3, 2 on.
static Lawn garden() {
    Lawn lawn;
    lawn.add({0, 0, 10, 6});
    lawn.cut({3, 2, 2, 2});
    return lawn;
}

TEST(lawn_and_beds) {
    Lawn lawn = garden();
    CHECK(lawn.has(2, 2));
    CHECK(!lawn.has(3, 2));
    CHECK(!lawn.has(4, 3));
    CHECK(lawn.has(5, 3));
    CHECK(!lawn.has(10, 0));
    CHECK(!lawn.has(0, 6));
}

TEST(areas) {
    Lawn lawn;
    CHECK(lawn.add({0, 0, 4, 4}));
    CHECK(lawn.add({2, 2, 4, 4}));
    CHECK(!lawn.add({2, 2, 0, 4}));
    CHECK(lawn.area() == 28);
    CHECK(lawn.cut({5, 5, 9, 9}) == 1);
    CHECK(lawn.cut({20, 5, 9, 9}) == 0);
    CHECK(lawn.area() == 27);
}

TEST(pieces_of_a_rectangle) {
    const std::vector<Rect> pieces = without({0, 0, 10, 6}, {3, 2, 2, 2});
    CHECK(pieces.size() == 4);
    CHECK(pieces[0] == (Rect{0, 0, 10, 2}));
    CHECK(pieces[1] == (Rect{0, 2, 3, 2}));
    CHECK(pieces[2] == (Rect{5, 2, 5, 2}));
    CHECK(pieces[3] == (Rect{0, 4, 10, 2}));
    CHECK(without({0, 0, 2, 2}, {2, 0, 2, 2}).size() == 1);
}

TEST(what_rectangles_share) {
    CHECK(common({0, 0, 4, 4}, {1, 2, 9, 9}) == (Rect{1, 2, 3, 2}));
    CHECK(shared_side({0, 0, 4, 4}, {4, 1, 2, 2}) == 2);
    CHECK(shared_side({0, 0, 4, 4}, {1, 4, 9, 2}) == 3);
    CHECK(shared_side({0, 0, 4, 4}, {4, 4, 2, 2}) == 0);
}

TEST(room_for_the_table) {
    Lawn lawn = garden();
    CHECK(lawn.covers({5, 0, 5, 6}));
    CHECK(lawn.covers({0, 0, 3, 6}));
    CHECK(!lawn.covers({0, 0, 4, 6}));
    CHECK(!lawn.covers({8, 0, 3, 1}));
}

TEST(around_everything) {
    Lawn lawn = garden();
    CHECK(lawn.bounds() == (Rect{0, 0, 10, 6}));
    lawn.add({-4, 3, 2, 8});
    CHECK(lawn.bounds() == (Rect{-4, 0, 14, 11}));
    CHECK(Lawn().bounds() == (Rect{0, 0, 0, 0}));
}

TEST(the_wire) {
    CHECK(garden().edge() == 32 + 8);
    Lawn lawn;
    lawn.add({0, 0, 4, 4});
    lawn.add({4, 0, 2, 2});
    CHECK(lawn.edge() == 20);
}

TEST(lawns_apart) {
    Lawn lawn = garden();
    CHECK(lawn.parts() == 1);
    lawn.cut({6, 0, 1, 6});
    CHECK(lawn.parts() == 2);
    lawn.add({10, 6, 3, 3});
    CHECK(lawn.parts() == 3);
}

TEST(the_way_of_the_mower) {
    const std::vector<Run> runs = garden().runs(2);
    CHECK(runs.size() == 4);
    CHECK(runs[0].from == 0 && runs[0].to == 10);
    CHECK(runs[1].y == 2 && runs[1].from == 10 && runs[1].to == 5);
    CHECK(runs[2].from == 3 && runs[2].to == 0);
    CHECK(runs[3].y == 4 && runs[3].from == 0);
    CHECK(garden().runs(0).empty());
}

int main() {
    bool failed = false;
    RUN(lawn_and_beds);
    RUN(areas);
    RUN(pieces_of_a_rectangle);
    RUN(what_rectangles_share);
    RUN(room_for_the_table);
    RUN(around_everything);
    RUN(the_wire);
    RUN(lawns_apart);
    RUN(the_way_of_the_mower);
    return failed;
}
