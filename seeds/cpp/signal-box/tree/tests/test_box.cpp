#include "box.hpp"
#include "check.hpp"

// 0 -- 1 -- 2 -- 3, and 1 -- 4 -- 3; section 2 has a platform.
static Box station() {
    return Box(Sections({{200, 40, false}, {100, 20, false}, {150, 40, true}, {300, 60, false},
                         {150, 40, false}},
                        {{0, 1}, {1, 2}, {2, 3}, {1, 4}, {4, 3}}));
}

static Train train(int number, int metres) { return {number, metres, 50, true}; }

TEST(a_route_is_locked) {
    Box box = station();
    CHECK(box.set(train(7, 100), {0, 1, 2}) == Answer::done);
    CHECK(box.panel() == "777..");
    CHECK(box.set(train(7, 100), {3}) == Answer::twice);
}

TEST(all_or_nothing) {
    Box box = station();
    box.set(train(7, 100), {1, 2});
    CHECK(box.set(train(8, 100), {3, 4, 1}) == Answer::busy);
    CHECK(box.panel() == ".77..");
    CHECK(box.set(train(8, 100), {4, 3}) == Answer::done);
}

TEST(routes_are_checked) {
    Box box = station();
    CHECK(box.set(train(7, 100), {}) == Answer::bad_route);
    CHECK(box.set(train(7, 100), {3, 5}) == Answer::bad_route);
    CHECK(box.set(train(7, 100), {0, 2}) == Answer::bad_route);
    CHECK(box.set(train(7, 100), {1, 2, 1}) == Answer::bad_route);
    CHECK(box.set(train(7, 151), {1, 2}) == Answer::too_long);
    CHECK(box.set(train(7, 150), {3, 2}) == Answer::done);
}

TEST(sections_behind_the_train) {
    Box box = station();
    box.set(train(7, 120), {0, 1, 4, 3});
    box.move(7);
    CHECK(box.panel() == "77.77");
    box.move(7);
    CHECK(box.panel() == "77.77");
    box.move(7);
    CHECK(box.panel() == "...77");
    box.move(7);
    box.move(7);
    CHECK(box.panel() == ".....");
    CHECK(box.move(7) == Answer::unknown);
}

TEST(routes_are_taken_back) {
    Box box = station();
    box.set(train(7, 50), {0, 1, 2});
    box.move(7);
    CHECK(box.cancel(7) == Answer::done);
    CHECK(box.panel() == "7....");
    box.move(7);
    CHECK(box.cancel(7) == Answer::unknown);
    box.set(train(8, 50), {3});
    box.cancel(8);
    CHECK(box.panel() == ".....");
}

TEST(closed_for_work) {
    Box box = station();
    CHECK(box.close(2) == Answer::done);
    CHECK(box.close(2) == Answer::bad_route);
    CHECK(box.set(train(7, 50), {1, 2}) == Answer::closed);
    CHECK(box.open(2) == Answer::done);
    CHECK(box.set(train(7, 50), {1, 2}) == Answer::done);
    CHECK(box.close(1) == Answer::busy);
}

TEST(trains_that_wait) {
    Box box = station();
    box.set(train(1, 50), {1, 2});
    CHECK(box.ask(train(2, 50), {0, 1}) == Answer::busy);
    CHECK(box.ask(train(3, 50), {4, 1}) == Answer::busy);
    CHECK(box.waiting() == (std::vector<int>{2, 3}));
    box.move(1);
    box.move(1);
    CHECK(box.panel() == "221..");
    CHECK(box.waiting() == std::vector<int>{3});
}

TEST(running_times) {
    Box box = station();
    box.set(train(7, 50), {0, 1, 2, 3});
    CHECK(box.seconds(7) == 18 + 18 + 44 + 22);
    box.move(7);
    CHECK(box.seconds(7) == 18 + 44 + 22);
    CHECK(box.seconds(8) == -1);
}

int main() {
    bool failed = false;
    RUN(a_route_is_locked);
    RUN(all_or_nothing);
    RUN(routes_are_checked);
    RUN(sections_behind_the_train);
    RUN(routes_are_taken_back);
    RUN(closed_for_work);
    RUN(trains_that_wait);
    RUN(running_times);
    return failed;
}
