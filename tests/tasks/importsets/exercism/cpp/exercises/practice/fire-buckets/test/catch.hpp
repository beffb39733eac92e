// Enough of Catch2's front for this exercise: TEST_CASE, two kinds of REQUIRE, and -r xml.
#pragma once
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace Catch {

struct Case {
    std::string name;
    void (*body)();
};
inline std::vector<Case>& cases() {
    static std::vector<Case> all;
    return all;
}
struct Add {
    Add(const char* name, void (*body)()) { cases().push_back({name, body}); }
};
struct Failed {};

inline std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text)
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
    return out;
}

inline int run() {
    int failed = 0;
    std::cout << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Catch name=\"tests\">\n";
    for (const Case& one : cases()) {
        std::cout << "<TestCase name=\"" << escaped(one.name) << "\">\n";
        bool good = true;
        try {
            one.body();
        } catch (const Failed&) {
            good = false;
        } catch (const std::exception& error) {
            std::cout << "<Exception>" << escaped(error.what()) << "</Exception>\n";
            good = false;
        }
        failed += !good;
        std::cout << "<OverallResult success=\"" << (good ? "true" : "false") << "\"/>\n</TestCase>\n";
    }
    std::cout << "</Catch>\n";
    return failed;
}

}  // namespace Catch

#define CATCH_JOIN_(a, b) a##b
#define CATCH_JOIN(a, b) CATCH_JOIN_(a, b)
#define TEST_CASE(name, ...)                                                              \
    static void CATCH_JOIN(case_, __LINE__)();                                            \
    static const Catch::Add CATCH_JOIN(add_, __LINE__)(name, &CATCH_JOIN(case_, __LINE__)); \
    static void CATCH_JOIN(case_, __LINE__)()
#define REQUIRE(...)                                                              \
    do {                                                                          \
        if (!(__VA_ARGS__)) {                                                     \
            std::cout << "<Expression>" << Catch::escaped(#__VA_ARGS__) << "</Expression>\n"; \
            throw Catch::Failed();                                                \
        }                                                                         \
    } while (false)
#define REQUIRE_THROWS_AS(what, kind)   \
    do {                                \
        bool thrown = false;            \
        try {                           \
            (void)(what);               \
        } catch (const kind&) {         \
            thrown = true;              \
        }                               \
        if (!thrown) throw Catch::Failed(); \
    } while (false)

#ifdef CATCH_CONFIG_MAIN
int main() { return Catch::run(); }
#endif
