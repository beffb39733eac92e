// The sections of the track, and which train holds which.
#pragma once

#include <utility>
#include <vector>

struct Section {
    int metres;
    int limit;      // km/h
    bool platform;  // people get on and off here
};

class Sections {
public:
    // Sections are counted from 0. `links` are the pairs between which a train can go, both ways.
    Sections(std::vector<Section> sections, std::vector<std::pair<int, int>> links);

    bool valid(int section) const;
    bool linked(int from, int to) const;
    const Section& at(int section) const { return sections_[section]; }
    int size() const { return static_cast<int>(sections_.size()); }

    // Locks a section for a train (number 1 or higher). Fails when it is locked by any train, or
    // closed for work.
    bool lock(int section, int train);
    void unlock(int section);

    // The train that has locked the section, 0 when there is none.
    int holder(int section) const { return holders_[section]; }

    // Closes a section for work; fails while it is locked, and when it is closed already.
    bool close(int section);
    // Opens it again; fails when it was not closed.
    bool open(int section);
    bool closed(int section) const { return closed_[section]; }

private:
    std::vector<Section> sections_;
    std::vector<std::pair<int, int>> links_;
    std::vector<int> holders_;
    std::vector<bool> closed_;
};
