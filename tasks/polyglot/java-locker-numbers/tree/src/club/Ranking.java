package club;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who has come how often. */
public final class Ranking {
    private Ranking() {}

    /**
     * The members by their visits: those with the most first, and those with equally many by their
     * numbers, the lowest first.
     */
    public static List<Integer> order(Map<Integer, Integer> visits) {
        List<Integer> members = new ArrayList<>(visits.keySet());
        members.sort((one, two) -> {
            Integer left = visits.get(one);
            Integer right = visits.get(two);
            if (left != right) {
                return right - left;
            }
            return one - two;
        });
        return members;
    }

    /** Where a member stands, from 1; those with equally many visits share the best place. */
    public static int place(Map<Integer, Integer> visits, int member) {
        Integer own = visits.get(member);
        if (own == null) {
            throw new IllegalArgumentException("no visits of member " + member);
        }
        int place = 1;
        for (Integer other : visits.values()) {
            if (other != own && other > own) {
                place++;
            }
        }
        return place;
    }
}
