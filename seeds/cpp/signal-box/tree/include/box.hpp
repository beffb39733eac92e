// Routes for trains.
#pragma once

#include <string>
#include <vector>

#include "sections.hpp"

struct Train {
    int number;  // 1 or higher
    int metres;
    int speed;   // km/h, the highest that it goes
    bool stops;  // at platforms on its way
};

// Of several reasons to refuse, the one that stands first here is given.
enum class Answer {
    done,
    unknown,    // there is no train with this number in the box
    twice,      // a train with this number has a route, or waits for one
    bad_route,  // no section, one that does not exist, two that are not linked, or one twice
    too_long,   // the train is longer than the platform at which its route ends
    closed,     // a section is closed for work
    busy,       // a section is locked by another train
};

class Box {
public:
    explicit Box(Sections sections);

    // Locks all sections of the route for the train, or none of them. The train stands before the
    // first section then.
    Answer set(const Train& train, const std::vector<int>& route);

    // The same, but when a section is closed or busy the train waits for its route: the answer is
    // that reason, and the route is set as soon as all of it can be locked. Of several trains that
    // wait the one that asked first is looked at first; one that still cannot go does not hold up
    // those behind it.
    Answer ask(const Train& train, const std::vector<int>& route);

    // The train's head goes into the next section of its route. Sections that its whole length
    // has left are unlocked: it covers the section of its head, and behind that as many as its
    // length needs. From the last section it leaves the box, and all of its sections are unlocked.
    Answer move(int train);

    // Takes a route back. Sections that the train has not entered are unlocked, and its route ends
    // where its head is. A train that has not entered any section, or waits, is out of the box.
    Answer cancel(int train);

    // Closing fails with `bad_route` when there is no such section or it is closed, `busy` when it
    // is locked. Opening fails with `bad_route` when there is no such section or it is not closed.
    Answer close(int section);
    Answer open(int section);

    // How long the train will need for the sections of its route that its head has not entered, -1
    // when it has no route. A section takes its length at the lower of its limit and the train's
    // speed, rounded up to whole seconds; a train that stops stands 30 s at each platform.
    int seconds(int train) const;

    // One character a section: `.` free, `#` closed, the last digit of the train that holds it.
    std::string panel() const;

    // The numbers of the trains that wait, in the order in which they asked.
    std::vector<int> waiting() const;

private:
    struct Run {
        Train train;
        std::vector<int> route;
        int head;  // place in the route, -1 before it
        int tail;  // place in the route: the sections before it are unlocked
    };

    Answer checked(const Train& train, const std::vector<int>& route) const;
    Answer lock_all(const Train& train, const std::vector<int>& route);
    void serve();
    int find(const std::vector<Run>& runs, int train) const;

    Sections sections_;
    std::vector<Run> runs_;
    std::vector<Run> waiting_;
};
