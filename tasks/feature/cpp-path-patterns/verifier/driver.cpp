// Matches what the named case has, and prints 1 or 0 for each.
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pattern.hpp"

using Pairs = std::vector<std::pair<std::string, std::string>>;

static const std::string LONG(300, 'a');
static const std::map<std::string, Pairs> CASES = {
    {"as_before", {{"a*c", "abbc"}, {"a*c", "ab/c"}, {"*", ""}, {"?", "x"}, {"?", "/"}, {"a/b", "a/b"}, {"ab", "abc"}}},
    {"class_of_characters", {{"[abc]x", "bx"}, {"[abc]x", "cx"}, {"[abc]x", "dx"}, {"[abc]x", "x"}}},
    {"class_with_a_range", {{"v[0-9]", "v0"}, {"v[0-9]", "v9"}, {"v[0-9]", "va"}, {"[a-cx-z]", "y"}, {"[a-cx-z]", "d"}}},
    {"negated_class", {{"[!0-9]", "5"}, {"[!0-9]", "x"}, {"[!ab]c", "bc"}}},
    {"class_never_matches_a_slash", {{"a[/]b", "a/b"}, {"a[!x]b", "a/b"}, {"a[.-0]b", "a/b"}}},
    {"bracket_first_is_a_member", {{"[]a]", "]"}, {"[!]a]", "]"}, {"[!]a]", "b"}}},
    {"minus_at_an_end_is_a_member", {{"[-a]", "-"}, {"[a-]", "-"}, {"[a-]", "b"}}},
    {"class_without_an_end_is_text", {{"a[b", "a[b"}, {"a[b", "ab"}, {"[!", "[!"}}},
    {"any_folder_at_the_start", {{"**/a", "a"}, {"**/a", "x/a"}, {"**/a", "x/y/z/a"}, {"**/a", "xa"}}},
    {"any_folder_in_the_middle", {{"s/**/m", "s/m"}, {"s/**/m", "s/a/m"}, {"s/**/m", "s/a/b/m"}, {"s/**/m", "sm"}}},
    {"any_folder_is_whole_folders", {{"s/**/m", "s/am"}, {"**/b/c", "ab/c"}}},
    {"two_stars_elsewhere_are_two_stars", {{"a**c", "abbc"}, {"a**/c", "ax/y/c"}, {"a**/c", "ax/c"}}},
    {"any_folder_twice", {{"**/b/**/d", "b/d"}, {"**/b/**/d", "a/b/c/c/d"}, {"**/b/**/d", "a/c/d"}}},
    {"classes_beside_stars", {{"*[0-9]*", "ab3cd"}, {"*.[ch]", "x.y.c"}, {"*[0-9]", "a1b"}}},
    {"empty_pattern", {{"", ""}, {"", "a"}}},
    {"long_names_are_quick", {{"*a*b*[x]", LONG}, {"**/*a", LONG}}},
};

static void run(const char* name) {
    std::string out;
    for (const auto& [pattern, path] : CASES.at(name))
        out += (out.empty() ? "" : " ") + std::to_string(matches(pattern, path));
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
