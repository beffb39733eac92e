package doors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who may open which door, as read by {@link Reader}; docs/rules.md describes the file. */
public final class Rules {
    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private final List<Grant> grants = new ArrayList<>();

    Rules() {}

    /** Whether a person may open a door at an hour of the day, 0 to 23. */
    public boolean allows(String person, String door, int hour) {
        Grant best = null;
        for (Grant grant : grants) {
            boolean applies = grant.covers(door, hour) && isMeant(grant.who, person);
            if (applies && (best == null || grant.beats(best))) {
                best = grant;
            }
        }
        return best != null && best.allowed;
    }

    /** The people of a group in the order of the alphabet. */
    public Set<String> members(String group) {
        if (!groups.containsKey(group)) {
            throw new IllegalArgumentException("unknown group " + group);
        }
        Set<String> people = new TreeSet<>();
        for (String one : within(group)) {
            if (!one.startsWith("@")) {
                people.add(one);
            }
        }
        return people;
    }

    /** Of some doors those that a person may open at an hour, in their order. */
    public List<String> open(String person, List<String> doors, int hour) {
        List<String> found = new ArrayList<>();
        for (String door : doors) {
            if (allows(person, door, hour)) {
                found.add(door);
            }
        }
        return found;
    }

    void addGroup(String name, Set<String> people) {
        if (groups.putIfAbsent(name, people) != null) {
            throw new IllegalArgumentException("group " + name + " is there already");
        }
    }

    void addGrant(Grant grant) {
        grants.add(grant);
    }

    /** Refuses a person or group that is a group which nobody has described. */
    void checkKnown(String who) {
        if (who.startsWith("@") && !groups.containsKey(who.substring(1))) {
            throw new IllegalArgumentException("unknown group " + who.substring(1));
        }
    }

    /** Refuses a group that contains itself. */
    void checkCircle(String group) {
        if (within(group).contains("@" + group)) {
            throw new IllegalArgumentException("group " + group + " contains itself");
        }
    }

    /** All people and groups that a group contains, over any number of steps. */
    private Set<String> within(String group) {
        Set<String> found = new TreeSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(group));
        while (!left.isEmpty()) {
            for (String one : groups.getOrDefault(left.pop(), Set.of())) {
                if (found.add(one) && one.startsWith("@")) {
                    left.push(one.substring(1));
                }
            }
        }
        return found;
    }

    private boolean isMeant(String who, String person) {
        return who.startsWith("@") ? members(who.substring(1)).contains(person) : who.equals(person);
    }
}
