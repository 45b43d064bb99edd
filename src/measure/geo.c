/* geo.c - the ways between points of the earth. Geodesics on the WGS 84 ellipsoid by Karney's algorithms ("Algorithms for
 * geodesics", J. Geodesy 87, 2013) as PROJ ships them; exact to nanometres, so rounding in the report is all the error. */
#include <geodesic.h>
#include <math.h>

#include "measure/measure.h"

/* a and f of WGS 84 (NIMA TR8350.2) */
static void earth(struct geod_geodesic *g) { geod_init(g, 6378137.0, 1 / 298.257223563); }

void slk_geo_point(double lat, double lon, double bearing_deg, double distance_m, double *lat2, double *lon2) {
    struct geod_geodesic g;
    double back = 0;
    earth(&g);
    geod_direct(&g, lat, lon, bearing_deg, distance_m, lat2, lon2, &back);
}

void slk_geo_inverse(double lat1, double lon1, double lat2, double lon2, double *distance_m, double *bearing_deg) {
    struct geod_geodesic g;
    double azimuth = 0, onward = 0;
    earth(&g);
    geod_inverse(&g, lat1, lon1, lat2, lon2, distance_m, &azimuth, &onward);
    *bearing_deg = azimuth < 0 ? azimuth + 360 : azimuth;
}
