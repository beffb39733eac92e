// Plays the commands of the case that is named and prints what the box answered; judges nothing.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "box.hpp"

struct Case {
    const char* name;
    // set|ask NUMBER METRES SPEED STOPS ROUTE, move|cancel|close|open|seconds N, panel, queue
    const char* commands;
};

static const Case CASES[] = {
    {"whole_routes", "set 7 90 50 0 0,1,2 panel set 18 10 50 0 3,5,6 panel set 4 9 9 0 4 panel"},
    {"single_section", "set 3 80 50 0 5 panel move 3 panel move 3 panel move 3"},
    {"both_ways", "set 1 50 50 0 6,5,3,2,1,0 panel move 1 move 1 panel"},
    {"no_part_of_a_route", "set 1 50 50 0 3 set 2 50 50 0 0,1,2,3 panel set 3 50 50 0 1,2,3,5 panel "
                           "set 4 50 50 0 3,5 panel set 5 50 50 0 0,1,2 panel"},
    {"busy_at_either_end", "set 1 50 50 0 0 set 2 50 50 0 0,1 set 3 50 50 0 2,1,0 panel"},
    {"no_section", "set 1 50 50 0 - ask 1 50 50 0 - panel queue"},
    {"unknown_sections", "set 1 50 50 0 7 set 1 50 50 0 -1 set 1 50 50 0 5,6,7 set 1 50 50 0 6,5 panel"},
    {"links", "set 1 5 50 0 0,2 set 1 5 50 0 0,3 set 1 5 50 0 2,4 set 1 5 50 0 1,1 set 1 5 50 0 0,4 "
              "set 1 5 50 0 3,6 set 1 5 50 0 1,0 panel"},
    {"no_section_twice", "set 1 5 50 0 0,1,0 set 1 5 50 0 1,2,3,4,1 set 1 5 50 0 1,2,3,4 panel"},
    {"platform_lengths", "set 1 151 50 1 1,2 set 1 150 50 1 1,2 set 2 81 50 0 3,5 cancel 1 panel "
                         "set 2 80 50 0 3,5 set 3 500 50 0 2,1,0 panel"},
    {"numbers_are_used_once", "set 1 5 50 0 0 set 1 5 50 0 3 ask 1 5 50 0 3 ask 2 5 50 0 0,1 "
                              "ask 2 5 50 0 3 set 2 5 50 0 4 queue panel"},
    {"order_of_reasons", "set 1 5 50 0 3 close 4 set 1 999 50 0 - set 2 999 50 0 3,9 "
                         "set 2 999 50 0 4,3,2 set 2 5 50 0 3,4 set 2 5 50 0 2,3 queue"},
    {"a_short_train_moves", "set 1 10 50 0 0,1,2 move 1 panel move 1 panel move 1 panel move 1 panel"},
    {"a_long_train_moves", "set 1 300 50 0 6,5,3,4,1,0 move 1 panel move 1 panel move 1 panel move 1 "
                           "panel move 1 panel move 1 panel move 1 panel"},
    {"length_to_the_metre", "set 1 100 50 0 0,1,4 move 1 move 1 panel cancel 1 move 1 "
                            "set 2 101 50 0 0,1,4 move 2 move 2 panel cancel 2 move 2 panel "
                            "set 3 250 50 0 0,1,4,3 move 3 move 3 move 3 panel"},
    {"longer_than_its_route", "set 1 900 50 0 0,1,4 move 1 panel move 1 panel move 1 panel move 1 panel"},
    {"unknown_trains", "move 1 cancel 1 seconds 1 set 1 5 50 0 0 move 2 cancel 2 seconds 2 panel"},
    {"taken_back_before", "set 1 50 50 0 0,1,2 cancel 1 panel move 1 set 1 50 50 0 2,3 panel"},
    {"taken_back_on_the_way", "set 1 150 50 0 6,5,3,4,1 move 1 move 1 cancel 1 panel seconds 1 move 1 "
                              "panel set 1 10 50 0 0,1 move 1 cancel 1 cancel 1 panel move 1 panel"},
    {"closing", "close 3 panel close 3 close -1 close 7 set 1 5 50 0 1,2,3 set 1 5 50 0 3 panel "
                "set 1 5 50 0 1,2 close 2 close 1 close 0 panel"},
    {"opening", "open 3 open 7 open -1 close 3 open 3 open 3 set 1 5 50 0 3 open 3 panel"},
    {"waiting_for_a_train", "set 1 50 50 0 1,2 ask 2 50 50 0 0,1 queue move 1 move 1 panel queue "
                            "move 1 panel move 2 panel"},
    {"waiting_for_a_train_that_leaves", "set 1 50 50 0 3 ask 2 50 50 0 2,3 move 1 queue move 1 queue panel"},
    {"waiting_for_work", "close 1 ask 1 50 50 0 0,1 ask 2 50 50 0 2,1 queue open 1 queue panel "
                         "cancel 1 queue panel"},
    {"first_come", "set 1 50 50 0 1,2 ask 2 50 50 0 1 ask 3 50 50 0 1 ask 4 50 50 0 1 queue cancel 1 "
                   "queue panel cancel 2 queue panel cancel 3 panel queue"},
    {"not_held_up", "set 1 50 50 0 1 set 2 50 50 0 3 ask 3 50 50 0 1,2,3 ask 4 50 50 0 0,1 "
                    "ask 5 50 50 0 3,5 queue cancel 1 queue panel cancel 2 queue panel cancel 4 cancel 5 panel"},
    {"several_go_at_once", "set 1 50 50 0 0,1,2,3 ask 2 50 50 0 0 ask 3 50 50 0 3,2 ask 4 50 50 0 1 "
                           "ask 5 50 50 0 2 cancel 1 panel queue"},
    {"giving_up_waiting", "set 1 50 50 0 0,1 ask 2 50 50 0 1 ask 3 50 50 0 1 cancel 2 queue cancel 2 "
                          "cancel 1 queue panel"},
    {"asking_for_what_is_free", "ask 1 50 50 0 0,1 panel queue ask 2 80 50 0 3,5 queue ask 3 9 50 0 1 queue"},
    {"times_by_limit", "set 1 50 200 0 0,1,4,3 seconds 1 move 1 seconds 1 move 1 seconds 1 move 1 "
                       "seconds 1 move 1 seconds 1 move 1 seconds 1"},
    {"times_by_speed", "set 1 50 30 0 0 seconds 1 set 2 50 20 0 1 seconds 2 set 3 50 19 0 4 seconds 3 "
                       "set 4 50 10 0 3 seconds 4 set 5 5 33 0 6 seconds 5"},
    {"times_at_platforms", "set 1 50 60 1 1,2,3 seconds 1 move 1 seconds 1 move 1 seconds 1 cancel 1 "
                           "move 1 set 2 50 60 0 1,2,3 seconds 2 ask 3 50 50 0 1 seconds 3"},
};

static Box station() {
    return Box(Sections({{200, 40, false},
                         {100, 20, false},
                         {150, 40, true},
                         {300, 60, false},
                         {150, 40, false},
                         {80, 25, true},
                         {90, 45, false}},
                        {{0, 1}, {1, 2}, {2, 3}, {1, 4}, {4, 3}, {5, 3}, {5, 6}}));
}

static const char* shown(Answer answer) {
    static const char* const names[] = {"done",     "unknown", "twice", "bad_route",
                                        "too_long", "closed",  "busy"};
    return names[static_cast<int>(answer)];
}

struct Words {
    const char* at;

    bool next(char* word) {
        while (*at == ' ') ++at;
        int size = 0;
        while (*at != ' ' && *at != '\0') word[size++] = *at++;
        word[size] = '\0';
        return size > 0;
    }

    int number() {
        char word[40];
        next(word);
        return std::atoi(word);
    }

    std::vector<int> route() {
        char word[40];
        next(word);
        std::vector<int> sections;
        if (std::strcmp(word, "-") == 0) return sections;
        for (char* part = std::strtok(word, ","); part != nullptr; part = std::strtok(nullptr, ",")) {
            sections.push_back(std::atoi(part));
        }
        return sections;
    }
};

static void run(const char* commands) {
    Box box = station();
    Words words{commands};
    char verb[40];
    while (words.next(verb)) {
        auto is = [&](const char* other) { return std::strcmp(verb, other) == 0; };
        if (is("set") || is("ask")) {
            Train train{};
            train.number = words.number();
            train.metres = words.number();
            train.speed = words.number();
            train.stops = words.number() != 0;
            const std::vector<int> route = words.route();
            const Answer answer = is("set") ? box.set(train, route) : box.ask(train, route);
            std::printf("%s %d: %s\n", verb, train.number, shown(answer));
        } else if (is("panel")) {
            std::printf("%s\n", box.panel().c_str());
        } else if (is("queue")) {
            std::printf("queue");
            for (int number : box.waiting()) std::printf(" %d", number);
            std::printf("\n");
        } else {
            const int number = words.number();
            if (is("seconds")) {
                std::printf("seconds %d: %d\n", number, box.seconds(number));
                continue;
            }
            Answer answer = Answer::done;
            if (is("move")) answer = box.move(number);
            if (is("cancel")) answer = box.cancel(number);
            if (is("close")) answer = box.close(number);
            if (is("open")) answer = box.open(number);
            std::printf("%s %d: %s\n", verb, number, shown(answer));
        }
    }
}

int main(int count, char** words) {
    for (int at = 1; at < count; ++at) {
        std::printf("== %s\n", words[at]);
        for (const Case& one : CASES) {
            if (std::strcmp(one.name, words[at]) == 0) run(one.commands);
        }
        std::printf("== .\n");
        std::fflush(stdout);
    }
}
