/** Settings of the page. */
export const CONFIG = {
  stops: "stops.json",
  geocoder: { url: "", key: "" },
};
