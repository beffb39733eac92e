#include "check.hpp"
#include "sheet.hpp"

static std::string result(const std::string& formula) {
    Sheet sheet;
    sheet.set({0, 1}, "10");
    sheet.set({0, 2}, "3");
    sheet.set({0, 3}, "some words");
    sheet.set({1, 1}, formula);
    return shown(sheet.value({1, 1}));
}

TEST(names_of_cells) {
    Address address{};
    CHECK(read_address("B7", address) && address == (Address{1, 7}));
    CHECK(name({25, 99}) == "Z99");
    CHECK(!read_address("A0", address));
    CHECK(!read_address("7", address));
}

TEST(calculations) {
    CHECK(result("=A1+A2*2") == "16");
    CHECK(result("=(A1+A2)*2") == "26");
    CHECK(result("=-A1+5") == "-5");
    CHECK(result("=A1/4") == "3");
    CHECK(result("=A1>A2") == "1");
}

TEST(functions) {
    CHECK(result("=SUM(A1:A9)") == "13");
    CHECK(result("=MAX(A1, A2, 4*4)") == "16");
    CHECK(result("=COUNT(A1:A3)") == "2");
    CHECK(result("=IF(A1=10, A2, 99)") == "3");
}

TEST(errors) {
    CHECK(result("=A1+") == "#BAD");
    CHECK(result("=A1/0") == "#DIV");
    CHECK(result("=A3+1") == "#TEXT");
    CHECK(result("=B1+1") == "#LOOP");
}

int main() {
    bool failed = false;
    RUN(names_of_cells);
    RUN(calculations);
    RUN(functions);
    RUN(errors);
    return failed;
}
