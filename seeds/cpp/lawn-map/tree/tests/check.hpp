// The smallest thing that runs tests: CHECK, and a line for each test.
#pragma once

#include <cstdio>

inline const char* test_name = "";
inline bool test_ok = true;

#define CHECK(condition)                                                        \
    do {                                                                        \
        if (!(condition) && test_ok) {                                          \
            std::printf("not ok %s: line %d: %s\n", test_name, __LINE__, #condition); \
            test_ok = false;                                                    \
        }                                                                       \
    } while (false)

#define TEST(name) static void name()

#define RUN(name)                              \
    do {                                       \
        test_name = #name;                     \
        test_ok = true;                        \
        name();                                \
        if (test_ok) std::printf("ok %s\n", #name); \
        std::fflush(stdout);                   \
        failed |= !test_ok;                    \
    } while (false)
