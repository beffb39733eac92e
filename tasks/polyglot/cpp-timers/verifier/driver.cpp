// Plays the case that is named and prints what ran when.
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "timers.hpp"

static void run(const char* name) {
    Timers t;
    std::string out;
    auto say = [&](const char* who) {
        out += (out.empty() ? "" : " ") + std::string(who) + std::to_string(t.now());
    };
    auto is = [&](const char* other) { return std::strcmp(name, other) == 0; };
    auto pending = [&] { out += " pending " + std::to_string(t.pending()); };
    if (is("in_order_of_time")) {
        t.after(2, [&] { say("a"); });
        t.after(1, [&] { say("b"); });
        t.after(3, [&] { say("c"); });
        t.advance(5);
        out += " now " + std::to_string(t.now());
    } else if (is("equal_times_in_order_of_making")) {
        for (const char* who : {"a", "b", "c"})
            t.after(4, [&out, who] { out += (out.empty() ? "" : " ") + std::string(who); });
        t.advance(4);
    } else if (is("periods_catch_up")) {
        t.every(1, [&] { say("x"); });
        t.advance(4);
        pending();
    } else if (is("set_inside_runs_in_the_same_advance")) {
        t.after(3, [&] { say("a"); t.after(2, [&] { say("b"); }); });
        t.advance(10);
    } else if (is("set_inside_too_late_waits")) {
        t.after(3, [&] { say("a"); t.after(6, [&] { say("b"); }); });
        t.advance(8);
        out += " |";
        t.advance(1);
    } else if (is("many_set_inside")) {
        int count = 0;
        t.after(1, [&] { for (int i = 0; i < 40; ++i) t.after(1, [&] { ++count; }); });
        t.advance(2);
        out = std::to_string(count);
    } else if (is("cancels_itself_once")) {
        int id = 0, left = 3;
        id = t.every(1, [&] { say("t"); if (--left == 0) t.cancel(id); });
        t.advance(9);
        pending();
    } else if (is("cancels_another_that_is_due")) {
        int other = 0;
        t.after(1, [&] { out = "a"; t.cancel(other); });
        other = t.after(1, [&] { out += "b"; });
        t.advance(5);
        pending();
    } else if (is("cancels_all_from_inside")) {
        std::vector<int> ids;
        ids.push_back(t.every(2, [&] { out += "a"; for (int id : ids) t.cancel(id); }));
        for (int i = 0; i < 5; ++i) ids.push_back(t.every(2, [&] { out += "b"; }));
        t.advance(8);
        pending();
    } else if (is("one_shot_that_cancels_itself")) {
        int id = 0;
        id = t.after(1, [&] {
            t.cancel(id);
            say("x");
        });
        t.advance(3);
        pending();
    } else if (is("period_and_one_shot_interleave")) {
        t.after(3, [&] { say("s"); });
        t.every(2, [&] { say("p"); });
        t.advance(7);
    } else if (is("cancel_unknown")) {
        int id = t.after(1, [] {});
        out = std::to_string(t.cancel(99)) + " " + std::to_string(t.cancel(id));
        out += " " + std::to_string(t.cancel(id));
    } else {
        t.after(5, [&] { say("a"); });
        t.advance(4);
        out = "pending " + std::to_string(t.pending());
    }
    std::printf("%s\n", out.c_str());
}

int main(int count, char** words) {
    for (int at = 1; at < count; ++at) {
        std::printf("== %s\n", words[at]);
        run(words[at]);
        std::printf("== .\n");
        std::fflush(stdout);
    }
}
