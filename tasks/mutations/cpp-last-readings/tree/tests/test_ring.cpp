#include "check.hpp"
#include "ring.hpp"

TEST(keeps_the_newest) {
    Ring<3> ring;
    for (int reading : {1, 2, 3, 4}) ring.push(reading);
    CHECK(ring.size() == 3);
    CHECK(*ring.pop() == 2);
}

TEST(the_newest_first) {
    Ring<3> ring;
    for (int reading : {1, 2, 3, 4}) ring.push(reading);
    CHECK(*ring.back() == 4);
    CHECK(*ring.back(2) == 2);
    CHECK(!ring.back(3));
}

TEST(mean_of_a_few) {
    Ring<4> ring;
    for (int reading : {10, 20, 30}) ring.push(reading);
    CHECK(*ring.mean(2) == 25.0);
}

TEST(takes_the_oldest) {
    Ring<2> ring;
    ring.push(5);
    ring.push(6);
    CHECK(*ring.pop() == 5);
    CHECK(*ring.pop() == 6);
    CHECK(!ring.pop());
}

TEST(tells_a_jump) {
    Ring<3> ring;
    for (int reading : {10, 11, 30}) ring.push(reading);
    CHECK(ring.jumped(15));
    CHECK(!ring.jumped(20));
}

int main() {
    bool failed = false;
    RUN(keeps_the_newest);
    RUN(the_newest_first);
    RUN(mean_of_a_few);
    RUN(takes_the_oldest);
    RUN(tells_a_jump);
    return failed;
}
