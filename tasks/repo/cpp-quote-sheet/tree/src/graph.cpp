#include "graph.hpp"

void Graph::uses(const Address& cell, const std::vector<Address>& sources) {
    for (const Address& source : sources_[cell]) readers_[source].erase(cell);
    sources_[cell] = Cells(sources.begin(), sources.end());
    for (const Address& source : sources_[cell]) readers_[source].insert(cell);
}

std::vector<Address> Graph::affected(const Address& cell) const {
    std::vector<Address> found{cell};
    Cells seen{cell};
    for (std::size_t at = 0; at < found.size(); ++at) {
        const Address here = found[at];
        for (const Address& reader : readers(here)) {
            if (seen.insert(reader).second) found.push_back(reader);
        }
    }
    return found;
}

bool Graph::loops(const Address& cell) const {
    for (const Address& found : affected(cell)) {
        if (readers(found).count(cell) > 0) return true;
    }
    return false;
}

const Graph::Cells& Graph::readers(const Address& cell) const {
    static const Cells none;
    const auto found = readers_.find(cell);
    return found == readers_.end() ? none : found->second;
}
