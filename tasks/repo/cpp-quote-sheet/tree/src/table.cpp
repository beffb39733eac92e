#include "table.hpp"

std::string table(const Sheet& sheet, const Address& one, const Address& other) {
    const std::vector<Address> cells = cells_between(one, other);
    std::map<int, std::size_t> widths;
    for (const Address& cell : cells) {
        std::size_t& width = widths[cell.column];
        const std::size_t size = shown(sheet.value(cell)).size();
        if (size > width) width = size;
    }
    std::string out;
    std::string line;
    for (std::size_t at = 0; at < cells.size(); ++at) {
        const Value& value = sheet.value(cells[at]);
        const std::string text = shown(value);
        const std::string gap(widths[cells[at].column] - text.size(), ' ');
        if (!line.empty()) line += "  ";
        line += value.kind == Value::Kind::text ? text + gap : gap + text;
        if (at + 1 == cells.size() || cells[at + 1].row != cells[at].row) {
            line.erase(line.find_last_not_of(' ') + 1);
            out += line + "\n";
            line.clear();
        }
    }
    return out;
}
