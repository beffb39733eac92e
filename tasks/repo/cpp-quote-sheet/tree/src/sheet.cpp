#include "sheet.hpp"

#include "parser.hpp"

namespace {

// A number, a text, or nothing.
Value plain(const std::string& input) {
    if (input.empty()) return Value();
    const std::size_t from = input[0] == '-' && input.size() > 1 ? 1 : 0;
    const bool digits = input.find_first_not_of("0123456789", from) == std::string::npos;
    if (digits && input.size() <= 13) return Value::of(std::stol(input));
    return Value::words(input);
}

}  // namespace

void Sheet::set(const Address& cell, const std::string& input) {
    Cell& written = cells_[cell];
    written.input = input;
    written.formula = nullptr;
    written.value = plain(input);
    std::vector<Address> sources;
    if (!input.empty() && input[0] == '=') {
        written.formula = read_formula(std::string_view(input).substr(1));
        if (written.formula) sources = cells_of(*written.formula);
        else written.value = Value::error("#BAD");
    }
    graph_.uses(cell, sources);
    for (const Address& at : graph_.affected(cell)) {
        const auto found = cells_.find(at);
        if (found != cells_.end() && found->second.formula) {
            found->second.value = calculated(at, found->second);
        }
    }
}

std::string Sheet::input(const Address& cell) const {
    const auto found = cells_.find(cell);
    return found == cells_.end() ? "" : found->second.input;
}

const Value& Sheet::value(const Address& cell) const {
    static const Value nothing;
    const auto found = cells_.find(cell);
    return found == cells_.end() ? nothing : found->second.value;
}

Value Sheet::calculated(const Address& at, const Cell& cell) {
    if (graph_.loops(at)) return Value::error("#LOOP");
    ++calculations_;
    return evaluate(*cell.formula, *this);
}
