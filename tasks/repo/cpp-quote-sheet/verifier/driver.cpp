// Fills a sheet as the named case says and prints what its cells show.
#include <cstdio>
#include <cstring>
#include <string>

#include "sheet.hpp"
#include "table.hpp"

struct Case {
    const char* name;
    // CELL=INPUT writes (`_` is a space), ?CELL shows, ?# shows how often a formula was calculated
    const char* steps;
};

static const Case CASES[] = {
    {"total_before_its_parts", "C1=5 A1==B1+C1 B1==C1*2 ?A1 C1=6 ?A1 ?B1 C1=0 ?A1"},
    {"total_above_its_parts", "B9=100 B1==B2-B3 B2==B9*3 B3==B2/10 ?B1 B9=200 ?B1 B9=1 ?B1"},
    {"parts_before_the_total", "A1=5 B1==A1*2 C1==A1+B1 ?C1 A1=7 ?C1"},
    {"long_and_short_way", "Z9=1 A1==Z9+E1 E1==D1+1 D1==C1+1 C1==B1+1 B1==Z9 ?A1 Z9=10 ?A1 ?E1"},
    {"three_ways", "D4=2 A1==B1+C1+D1 B1==C1+D4 C1==D1+D4 D1==D4*10 ?A1 D4=3 ?A1 ?B1 ?C1"},
    {"two_diamonds", "M9=1 A1==B2+C2 B2==C2*2 C2==A5+B6 A5==B6*3 B6==M9+1 ?A1 M9=2 ?A1 M9=0 ?A1"},
    {"ranges", "A1==SUM(A2:A5) A2==MAX(A3:A5) A3==COUNT(A4:A5) A4==A5*2 A5=4 ?A1 A5=9 ?A1 A5=words ?A1 A5= ?A1"},
    {"conditions", "A1==IF(B1>10,C1,D1) B1==Z1*2 C1==B1+1 D1==B1-1 Z1=4 ?A1 Z1=6 ?A1 Z1=5 ?A1"},
    {"each_cell_once", "C1=5 A1==B1+C1 B1==C1*2 D1==A1+B1+C1 ?# C1=6 ?# ?D1 C1=7 ?# ?D1"},
    {"nothing_else_is_calculated", "A1=1 B1==A1 C1=1 D1==C1 E1==B1+D1 ?# A1=2 ?# C1=2 ?# E9=1 ?# ?E1"},
    {"other_formulas_later", "A1==C1 B1=5 C1==B1 ?A1 C1==D1 D1==B1*2 ?A1 B1=6 ?A1 C1=1 B1=7 ?A1 ?#"},
    {"errors_travel", "A1==B1+C1 B1==C1+1 C1==Z1/Y1 Z1=9 ?A1 Y1=3 ?A1 Y1=words ?A1 ?B1 Y1==1+ ?A1"},
    {"loops", "A1==B1+1 B1==C1+1 C1==A1+1 D1==C1 ?A1 ?B1 ?C1 ?D1 B1=5 ?A1 ?B1 ?C1 ?D1"},
    {"beside_a_loop", "A1==B1+C1 B1==C1*2 C1==D1 D1==E1 E1==D1 ?A1 ?B1 E1=4 ?A1 ?B1 ?C1 D1==A1 ?A1 ?E1"},
    {"a_cell_of_itself", "A1==A1 ?A1 B1==A1 ?B1 A1=3 ?A1 ?B1"},
    {"order_of_filling", "B2==B3-B4+B8 B8==B7*19/100 B7==B3-B4 B4==B3*B5/100 B3==C1+C2 B5=10 C1=1000 "
                         "C2=500 ?B2 ?B8 C2=1500 ?B2"},
    {"calculating", "A1=7 A2=-2 ?A3 A3==A1/A2 ?A3 A3==A1*-A2-1 ?A3 A3==(A1+A2)*3>=15 ?A3 A3==MIN(A1:A2,1) ?A3 "
                    "A3==A4 ?A3 A3==A1<>7 ?A3"},
    {"texts_and_numbers", "A1=12x A2=-5 A3=- A4=007 ?A1 ?A2 ?A3 ?A4 A5==SUM(A1:A4) ?A5 A6==A1+1 ?A6"},
    {"long_chain", "chain"},
    {"table_of_a_quote", "table"},
};

static Address at(std::string_view text) {
    Address address{};
    read_address(text, address);
    return address;
}

// 100 cells, each one more than the next: the first of them depends on all.
static void chain() {
    Sheet sheet;
    auto place = [](int number) { return Address{number % 20, number / 20 + 1}; };
    for (int number = 0; number < 100; ++number) {
        sheet.set(place(number), "=" + name(place(number + 1)) + "+1+A99-A99");
    }
    const long before = sheet.calculations();
    sheet.set(place(100), "1000");
    std::printf("%s %ld\n", shown(sheet.value(place(0))).c_str(), sheet.calculations() - before);
    sheet.set(at("A99"), "5");
    std::printf("%s\n", shown(sheet.value(place(0))).c_str());
}

static void show_table() {
    Sheet sheet;
    sheet.set(at("A2"), "Total");
    sheet.set(at("B2"), "=B4-B5");
    sheet.set(at("A4"), "Goods");
    sheet.set(at("B5"), "=B4/10");
    sheet.set(at("B4"), "=C4*C5");
    sheet.set(at("C4"), "12");
    sheet.set(at("C5"), "100");
    std::printf("%s", table(sheet, at("C5"), at("A2")).c_str());
}

static void play(const char* steps) {
    if (std::strcmp(steps, "chain") == 0) return chain();
    if (std::strcmp(steps, "table") == 0) return show_table();
    Sheet sheet;
    while (*steps != '\0') {
        std::string step;
        while (*steps != ' ' && *steps != '\0') step += *steps++;
        if (*steps == ' ') ++steps;
        if (step == "?#") {
            std::printf("%ld calculations\n", sheet.calculations());
        } else if (step[0] == '?') {
            std::printf("%s %s\n", step.c_str() + 1, shown(sheet.value(at(step.substr(1)))).c_str());
        } else {
            const std::size_t sign = step.find('=');
            std::string input = step.substr(sign + 1);
            for (char& c : input) c = c == '_' ? ' ' : c;
            sheet.set(at(step.substr(0, sign)), input);
        }
    }
}

int main(int count, char** words) {
    for (int at = 1; at < count; ++at) {
        std::printf("== %s\n", words[at]);
        for (const Case& one : CASES) {
            if (std::strcmp(one.name, words[at]) == 0) play(one.steps);
        }
        std::printf("== .\n");
        std::fflush(stdout);
    }
}
