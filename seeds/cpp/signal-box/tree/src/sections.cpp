#include "sections.hpp"

Sections::Sections(std::vector<Section> sections, std::vector<std::pair<int, int>> links)
    : sections_(std::move(sections)),
      links_(std::move(links)),
      holders_(sections_.size(), 0),
      closed_(sections_.size(), false) {}

bool Sections::valid(int section) const { return section >= 0 && section < size(); }

bool Sections::linked(int from, int to) const {
    for (const auto& link : links_) {
        if (link.first == from && link.second == to) return true;
        if (link.first == to && link.second == from) return true;
    }
    return false;
}

bool Sections::lock(int section, int train) {
    if (holders_[section] != 0 || closed_[section]) return false;
    holders_[section] = train;
    return true;
}

void Sections::unlock(int section) { holders_[section] = 0; }

bool Sections::close(int section) {
    if (holders_[section] != 0 || closed_[section]) return false;
    closed_[section] = true;
    return true;
}

bool Sections::open(int section) {
    if (!closed_[section]) return false;
    closed_[section] = false;
    return true;
}
