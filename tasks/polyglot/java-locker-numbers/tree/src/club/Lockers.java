package club;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which member has which locker. Members and lockers have numbers: whole ones, of any size, which
 * may be negative for guests. A member has at most one locker, a locker at most one member.
 */
public final class Lockers {
    private final Map<Integer, Integer> owners = new TreeMap<>();

    /**
     * Gives a locker to a member and says whether that worked: it is free, or theirs already, and
     * they have no other one.
     */
    public boolean take(int locker, int member) {
        Integer owner = owners.get(locker);
        Integer theirs = lockerOf(member);
        if (owner != null) {
            return isOwner(locker, member);
        }
        if (theirs != null) {
            return false;
        }
        owners.put(locker, member);
        return true;
    }

    /** Whether the locker opens for a member. */
    public boolean opens(int locker, int member) {
        return isOwner(locker, member);
    }

    /** Gives a locker back; only its member can do that. */
    public boolean giveBack(int locker, int member) {
        if (!isOwner(locker, member)) {
            return false;
        }
        owners.remove(locker);
        return true;
    }

    /** Two members exchange their lockers; both must have one, and be two. */
    public boolean exchange(int one, int two) {
        Integer first = lockerOf(one);
        Integer second = lockerOf(two);
        if (first == null || second == null || first == second) {
            return false;
        }
        owners.put(first, two);
        owners.put(second, one);
        return true;
    }

    /** The locker of a member, or null. */
    public Integer lockerOf(Integer member) {
        for (Map.Entry<Integer, Integer> entry : owners.entrySet()) {
            if (entry.getValue() == member) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** The members in the order of their lockers. */
    public List<Integer> members() {
        return new ArrayList<>(owners.values());
    }

    /** Takes the lockers of all these members away and returns how many had one. */
    public int clear(List<Integer> members) {
        int count = 0;
        for (Integer member : members) {
            Integer locker = lockerOf(member);
            if (locker != null) {
                owners.remove(locker);
                count++;
            }
        }
        return count;
    }

    private boolean isOwner(Integer locker, Integer member) {
        return owners.get(locker) == member;
    }
}
