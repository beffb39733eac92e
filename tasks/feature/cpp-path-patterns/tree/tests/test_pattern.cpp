#include "check.hpp"
#include "pattern.hpp"

TEST(plain_and_star) {
    CHECK(matches("docs/*.txt", "docs/a.txt"));
    CHECK(!matches("docs/*.txt", "docs/old/a.txt"));
    CHECK(matches("*", ""));
}

TEST(question_mark) {
    CHECK(matches("a?c", "abc"));
    CHECK(!matches("a?c", "a/c"));
}

TEST(a_class) {
    CHECK(matches("log[0-9].txt", "log7.txt"));
    CHECK(!matches("log[0-9].txt", "logx.txt"));
    CHECK(matches("[!a]b", "xb"));
}

TEST(any_folder) {
    CHECK(matches("**/*.txt", "a.txt"));
    CHECK(matches("**/*.txt", "x/y/a.txt"));
    CHECK(matches("src/**/main.c", "src/a/main.c"));
}

int main() {
    bool failed = false;
    RUN(plain_and_star);
    RUN(question_mark);
    RUN(a_class);
    RUN(any_folder);
    return failed;
}
