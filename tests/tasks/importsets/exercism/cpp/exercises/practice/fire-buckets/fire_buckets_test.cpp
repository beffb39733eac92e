#include "fire_buckets.h"
#ifdef EXERCISM_TEST_SUITE
#include <catch2/catch.hpp>
#else
#include "test/catch.hpp"
#endif

#include <stdexcept>

TEST_CASE("one pair of hands", "[1b7d]") {
    REQUIRE(20 == fire_buckets::a_minute({20}));
}

#if defined(EXERCISM_RUN_ALL_TESTS)

TEST_CASE("as fast as the slowest: \"at the well\"", "[77aa]") {
    REQUIRE(9 == fire_buckets::a_minute({20, 9, 31}));
}

TEST_CASE("nobody & nothing", "[90fe]") {
    REQUIRE(0 == fire_buckets::a_minute({}));
}

TEST_CASE("slower than zero", "[c001]") {
    REQUIRE_THROWS_AS(fire_buckets::a_minute({3, -1}), std::domain_error);
}

#endif
