#include "parser.hpp"

#include <utility>

namespace {

using Tree = std::unique_ptr<Formula>;

Tree made(Formula::Kind kind) {
    Tree tree = std::make_unique<Formula>();
    tree->kind = kind;
    return tree;
}

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Tree whole() {
        Tree tree = comparison();
        skip();
        return at_ == text_.size() ? std::move(tree) : nullptr;
    }

private:
    Tree comparison() {
        Tree left = sum();
        for (const char* sign : {"<=", ">=", "<>", "<", ">", "="}) {
            if (left && take(sign)) return joined(sign, std::move(left), sum());
        }
        return left;
    }

    Tree sum() {
        Tree left = product();
        while (left) {
            if (take("+")) left = joined("+", std::move(left), product());
            else if (take("-")) left = joined("-", std::move(left), product());
            else break;
        }
        return left;
    }

    Tree product() {
        Tree left = single();
        while (left) {
            if (take("*")) left = joined("*", std::move(left), single());
            else if (take("/")) left = joined("/", std::move(left), single());
            else break;
        }
        return left;
    }

    Tree single() {
        if (take("-")) {
            Tree tree = made(Formula::Kind::negative);
            return with(std::move(tree), single());
        }
        if (take("(")) {
            Tree tree = comparison();
            return tree && take(")") ? std::move(tree) : nullptr;
        }
        const std::string_view word = next_word();
        if (word.empty()) return nullptr;
        if (word[0] >= '0' && word[0] <= '9') return number(word);
        Address address{};
        if (read_address(word, address)) {
            Tree tree = made(Formula::Kind::cell);
            tree->cell = address;
            if (!take(":")) return tree;
            tree->kind = Formula::Kind::range;
            return read_address(next_word(), tree->other) ? std::move(tree) : nullptr;
        }
        return call(word);
    }

    Tree number(std::string_view word) {
        Tree tree = made(Formula::Kind::number);
        if (word.size() > 12) return nullptr;
        for (char digit : word) {
            if (digit < '0' || digit > '9') return nullptr;
            tree->number = tree->number * 10 + (digit - '0');
        }
        return tree;
    }

    Tree call(std::string_view word) {
        if (word != "SUM" && word != "MIN" && word != "MAX" && word != "COUNT" && word != "IF") {
            return nullptr;
        }
        Tree tree = made(Formula::Kind::call);
        tree->word = word;
        if (!take("(")) return nullptr;
        do {
            tree = with(std::move(tree), comparison());
        } while (tree && take(","));
        if (!tree || !take(")")) return nullptr;
        return tree->word != "IF" || tree->parts.size() == 3 ? std::move(tree) : nullptr;
    }

    Tree joined(const char* sign, Tree left, Tree right) {
        Tree tree = made(Formula::Kind::binary);
        tree->word = sign;
        return with(with(std::move(tree), std::move(left)), std::move(right));
    }

    Tree with(Tree tree, Tree part) {
        if (!tree || !part) return nullptr;
        tree->parts.push_back(std::move(part));
        return tree;
    }

    bool take(std::string_view sign) {
        skip();
        if (text_.substr(at_, sign.size()) != sign) return false;
        at_ += sign.size();
        return true;
    }

    std::string_view next_word() {
        skip();
        const std::size_t from = at_;
        while (at_ < text_.size() && in_word(text_[at_])) ++at_;
        return text_.substr(from, at_ - from);
    }

    static bool in_word(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

    void skip() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

void collect(const Formula& formula, std::vector<Address>& cells) {
    if (formula.kind == Formula::Kind::cell) cells.push_back(formula.cell);
    if (formula.kind == Formula::Kind::range) {
        for (const Address& cell : cells_between(formula.cell, formula.other)) cells.push_back(cell);
    }
    for (const auto& part : formula.parts) collect(*part, cells);
}

}  // namespace

std::unique_ptr<Formula> read_formula(std::string_view text) { return Parser(text).whole(); }

std::vector<Address> cells_of(const Formula& formula) {
    std::vector<Address> cells;
    collect(formula, cells);
    return cells;
}
