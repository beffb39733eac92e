// Which cell uses which.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "address.hpp"

class Graph {
public:
    // From now on `cell` uses these cells, and no others.
    void uses(const Address& cell, const std::vector<Address>& sources);

    // `cell` and everything that depends on it, directly or by way of others, as it has to be
    // calculated when `cell` changes. Each cell is named once.
    std::vector<Address> affected(const Address& cell) const;

    // Whether the cell depends on itself.
    bool loops(const Address& cell) const;

private:
    using Cells = std::set<Address>;

    const Cells& readers(const Address& cell) const;
    void visit(const Address& cell, Cells& seen, std::vector<Address>& last_first) const;

    std::map<Address, Cells> sources_;
    std::map<Address, Cells> readers_;
};
