// Fills a ring as the named case says and prints what it gives.
#include <cstdio>
#include <cstring>
#include <string>

#include "ring.hpp"

static std::string shown(std::optional<int> found) { return found ? std::to_string(*found) : "-"; }

static std::string shown(std::optional<double> found) {
    char text[32] = "-";
    if (found) std::snprintf(text, sizeof text, "%.2f", *found);
    return text;
}

template <std::size_t N>
static Ring<N> filled(int first, int last) {
    Ring<N> ring;
    for (int reading = first; reading <= last; ++reading) ring.push(reading);
    return ring;
}

static std::string answer(const std::string& name) {
    if (name == "back_before_it_is_full") {
        auto r = filled<5>(1, 3);
        return shown(r.back()) + " " + shown(r.back(1)) + " " + shown(r.back(2)) + " " + shown(r.back(3));
    }
    if (name == "back_after_it_is_full") {
        auto r = filled<3>(1, 6);
        return shown(r.back()) + " " + shown(r.back(1)) + " " + shown(r.back(2)) + " " + shown(r.back(3));
    }
    if (name == "back_after_taking_out") {
        auto r = filled<4>(1, 4);
        r.pop();
        r.pop();
        return shown(r.back()) + " " + shown(r.back(1)) + " " + shown(r.back(2));
    }
    if (name == "back_long_after") {
        auto r = filled<7>(1, 1000);
        return shown(r.back()) + " " + shown(r.back(1)) + " " + shown(r.back(2));
    }
    if (name == "mean_of_all") return shown(filled<3>(1, 6).mean());
    if (name == "mean_of_two") return shown(filled<4>(1, 6).mean(2));
    if (name == "mean_of_more_than_there_are") return shown(filled<9>(1, 2).mean(5));
    if (name == "mean_of_none") return shown(Ring<2>().mean()) + " " + shown(filled<2>(1, 2).mean(0));
    if (name == "jump_after_wrapping") {
        auto r = filled<3>(1, 7);
        r.push(50);
        bool first = r.jumped(40);
        r.push(51);
        return std::to_string(first) + " " + std::to_string(r.jumped(40));
    }
    if (name == "no_jump_of_one") return std::to_string(filled<3>(9, 9).jumped(0));
    if (name == "each_in_order") {
        std::string out;
        filled<3>(1, 5).each([&](int reading) { out += (out.empty() ? "" : " ") + std::to_string(reading); });
        return out;
    }
    if (name == "push_tells_what_went") {
        Ring<3> r;
        std::string out;
        for (int reading : {1, 2, 3, 4}) out += (out.empty() ? "" : " ") + std::to_string(r.push(reading));
        return out;
    }
    if (name == "pop_until_empty") {
        auto r = filled<3>(1, 4);
        std::string out = shown(r.pop());
        for (int i = 0; i < 3; ++i) out += " " + shown(r.pop());
        return out;
    }
    if (name == "clear_and_again") {
        auto r = filled<3>(1, 5);
        r.clear();
        std::string out = std::to_string(r.size());
        r.push(8);
        out += " " + shown(r.back());
        return out + " " + shown(r.pop());
    }
    auto r = filled<1>(1, 7);
    return shown(r.back()) + " " + shown(r.mean()) + " " + std::to_string(r.size());
}

static void run(const char* name) { std::printf("%s\n", answer(name).c_str()); }

int main(int count, char** words) {
    for (int at = 1; at < count; ++at) {
        std::printf("== %s\n", words[at]);
        run(words[at]);
        std::printf("== .\n");
        std::fflush(stdout);
    }
}
