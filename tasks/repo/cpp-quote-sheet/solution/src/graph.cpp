#include "graph.hpp"

void Graph::uses(const Address& cell, const std::vector<Address>& sources) {
    for (const Address& source : sources_[cell]) readers_[source].erase(cell);
    sources_[cell] = Cells(sources.begin(), sources.end());
    for (const Address& source : sources_[cell]) readers_[source].insert(cell);
}

std::vector<Address> Graph::affected(const Address& cell) const {
    Cells seen;
    std::vector<Address> last_first;
    visit(cell, seen, last_first);
    return {last_first.rbegin(), last_first.rend()};
}

void Graph::visit(const Address& cell, Cells& seen, std::vector<Address>& last_first) const {
    if (!seen.insert(cell).second) return;
    for (const Address& reader : readers(cell)) visit(reader, seen, last_first);
    last_first.push_back(cell);
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
