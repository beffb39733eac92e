#include "check.hpp"
#include "sheet.hpp"
#include "table.hpp"

static Address at(const char* text) {
    Address address{};
    read_address(text, address);
    return address;
}

static std::string show(const Sheet& sheet, const char* cell) {
    return shown(sheet.value(at(cell)));
}

// The quote of the kitchen: a total at the top, the items below.
static Sheet quote() {
    Sheet sheet;
    const char* const cells[][2] = {
        {"B2", "=B3-B4+B8"}, {"B3", "=SUM(D11:D13)"}, {"B4", "=IF(B3>=200000, B3*B5/100, 0)"},
        {"B5", "5"},         {"B7", "=B3-B4"},        {"B8", "=B7*19/100"},
        {"B11", "4"},        {"C11", "42000"},        {"D11", "=B11*C11"},
        {"B12", "2"},        {"C12", "31500"},        {"D12", "=B12*C12"},
        {"B13", "6"},        {"C13", "8900"},         {"D13", "=B13*C13"},
    };
    for (const auto& cell : cells) sheet.set(at(cell[0]), cell[1]);
    return sheet;
}

TEST(a_chain) {
    Sheet sheet;
    sheet.set(at("A1"), "5");
    sheet.set(at("B1"), "=A1*2");
    sheet.set(at("C1"), "=B1+1");
    CHECK(show(sheet, "C1") == "11");
    sheet.set(at("A1"), "6");
    CHECK(show(sheet, "C1") == "13");
}

TEST(one_item_more) {
    Sheet sheet = quote();
    sheet.set(at("B11"), "5");
    CHECK(show(sheet, "B3") == "326400");
    CHECK(show(sheet, "B4") == "16320");
    CHECK(show(sheet, "B2") == "368995");
}

TEST(other_discount) {
    Sheet sheet = quote();
    sheet.set(at("B5"), "10");
    CHECK(show(sheet, "B4") == "28440");
    CHECK(show(sheet, "B2") == "304592");
}

TEST(what_is_not_used_any_more) {
    Sheet sheet;
    sheet.set(at("A1"), "5");
    sheet.set(at("B1"), "=A1");
    sheet.set(at("B1"), "7");
    sheet.set(at("A1"), "6");
    CHECK(show(sheet, "B1") == "7");
    CHECK(sheet.calculations() == 1);
}

TEST(a_loop_and_its_end) {
    Sheet sheet;
    sheet.set(at("A1"), "=B1+1");
    sheet.set(at("B1"), "=A1+1");
    CHECK(show(sheet, "A1") == "#LOOP");
    CHECK(show(sheet, "B1") == "#LOOP");
    sheet.set(at("A1"), "1");
    CHECK(show(sheet, "B1") == "2");
}

TEST(as_a_table) {
    Sheet sheet;
    sheet.set(at("A1"), "Item");
    sheet.set(at("B1"), "Each");
    sheet.set(at("A2"), "Cupboard");
    sheet.set(at("B2"), "42000");
    CHECK(table(sheet, at("A1"), at("B2")) == "Item      Each\nCupboard  42000\n");
}

int main() {
    bool failed = false;
    RUN(a_chain);
    RUN(one_item_more);
    RUN(other_discount);
    RUN(what_is_not_used_any_more);
    RUN(a_loop_and_its_end);
    RUN(as_a_table);
    return failed;
}
