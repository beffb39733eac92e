#include "check.hpp"
#include "timers.hpp"

TEST(runs_when_due) {
    Timers timers;
    int runs = 0;
    timers.after(10, [&] { ++runs; });
    timers.advance(9);
    CHECK(runs == 0);
    timers.advance(1);
    CHECK(runs == 1);
    CHECK(timers.pending() == 0);
}

TEST(runs_again_and_again) {
    Timers timers;
    int runs = 0;
    timers.every(5, [&] { ++runs; });
    timers.advance(5);
    timers.advance(5);
    CHECK(runs == 2);
}

TEST(can_be_cancelled) {
    Timers timers;
    int runs = 0;
    int id = timers.after(5, [&] { ++runs; });
    CHECK(timers.cancel(id));
    timers.advance(10);
    CHECK(runs == 0);
}

TEST(sets_another_while_it_runs) {
    Timers timers;
    int runs = 0;
    timers.after(5, [&] {
        for (int i = 0; i < 20; ++i) timers.after(3, [&] { ++runs; });
    });
    timers.advance(5);
    timers.advance(3);
    CHECK(runs == 20);
}

TEST(cancels_itself) {
    Timers timers;
    int runs = 0, id = 0;
    id = timers.every(1, [&] {
        ++runs;
        timers.cancel(id);
    });
    timers.advance(1);
    timers.advance(1);
    CHECK(runs == 1);
}

int main() {
    bool failed = false;
    RUN(runs_when_due);
    RUN(runs_again_and_again);
    RUN(can_be_cancelled);
    RUN(sets_another_while_it_runs);
    RUN(cancels_itself);
    return failed;
}
