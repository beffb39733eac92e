/** A small town to test with. */
final class Town {
    static final String PLAN =
            String.join(
                    "\n",
                    "stop Harbour 1",
                    "stop Market 1",
                    "stop Hill 2",
                    "stop Mill 2",
                    "stop Airfield 3",
                    "line 1 Harbour 6 Market 8 Hill",
                    "line 2 Mill 10 Market 20 Airfield",
                    "line N3 Harbour 9 Market 30 Airfield",
                    "every 15 1 6:00 23:30",
                    "every 30 2 6:00 23:00",
                    "trip N3 23:40",
                    "trip N3 24:40");

    private Town() {}
}
