package doors;

import java.util.ArrayList;
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
        for (Grant grant : grants) {
            if (grant.covers(door, hour) && isMeant(grant.who, person)) {
                return true;
            }
        }
        return false;
    }

    /** The people of a group in the order of the alphabet. */
    public Set<String> members(String group) {
        Set<String> found = groups.get(group);
        if (found == null) {
            throw new IllegalArgumentException("unknown group " + group);
        }
        return new TreeSet<>(found);
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
        if (grant.who.startsWith("@") && !groups.containsKey(grant.who.substring(1))) {
            throw new IllegalArgumentException("unknown group " + grant.who.substring(1));
        }
        grants.add(grant);
    }

    private boolean isMeant(String who, String person) {
        return who.startsWith("@") ? groups.get(who.substring(1)).contains(person) : who.equals(person);
    }
}
