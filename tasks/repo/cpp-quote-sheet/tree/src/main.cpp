// Shows a sheet that was written down as lines `B7 = INPUT`.
#include <cstdio>
#include <fstream>

#include "table.hpp"

int main(int count, char** words) {
    if (count != 2) {
        std::fprintf(stderr, "usage: sheet FILE\n");
        return 2;
    }
    std::ifstream file(words[1]);
    if (!file) {
        std::fprintf(stderr, "sheet: cannot read %s\n", words[1]);
        return 2;
    }
    Sheet sheet;
    Address last{0, 1};
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        const std::size_t sign = line.find(" = ");
        Address cell{};
        if (sign == std::string::npos || !read_address(line.substr(0, sign), cell)) {
            std::fprintf(stderr, "sheet: line %d of %s is no cell\n", number, words[1]);
            return 2;
        }
        sheet.set(cell, line.substr(sign + 3));
        if (cell.column > last.column) last.column = cell.column;
        if (cell.row > last.row) last.row = cell.row;
    }
    std::fputs(table(sheet, {0, 1}, last).c_str(), stdout);
}
