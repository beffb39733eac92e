#include "check.hpp"
#include "history.hpp"
#include "pattern.hpp"

TEST(stitches_have_colours) {
    Pattern pattern(4, 3);
    pattern.set(1, 2, 7);
    pattern.set(4, 0, 7);
    CHECK(pattern.at(1, 2) == 7);
    CHECK(pattern.at(4, 0) == 0);
    CHECK(pattern.stitched() == 1);
}

TEST(a_larger_grid) {
    Pattern pattern(2, 2);
    pattern.set(1, 1, 5);
    pattern.resize(3, 4);
    CHECK(pattern.at(1, 1) == 5);
    CHECK(pattern.stitched() == 1);
}

TEST(a_copy_is_its_own) {
    Pattern pattern(2, 2);
    Pattern copy = pattern;
    copy.set(0, 0, 3);
    CHECK(pattern.at(0, 0) == 0);
    CHECK(copy.at(0, 0) == 3);
}

TEST(steps_are_taken_back) {
    Pattern pattern(2, 2);
    History history(pattern);
    pattern.set(0, 0, 3);
    history.change(pattern);
    CHECK(history.now().stitched() == 1);
    CHECK(history.undo());
    CHECK(history.now().stitched() == 0);
    CHECK(history.redo());
    CHECK(history.now().at(0, 0) == 3);
    CHECK(!history.redo());
}

int main() {
    bool failed = false;
    RUN(stitches_have_colours);
    RUN(a_larger_grid);
    RUN(a_copy_is_its_own);
    RUN(steps_are_taken_back);
    return failed;
}
