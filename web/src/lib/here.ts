/** Where this device is, asked only when the person presses the button; rounded to about a kilometre. */

export interface Point {
  latitude: number;
  longitude: number;
}

const KILOMETRE = 100;

export function findHere(): Promise<Point> {
  return new Promise((resolve, reject) => {
    if (!("geolocation" in navigator)) {
      reject(new Error("This browser cannot tell where you are."));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude: Math.round(coords.latitude * KILOMETRE) / KILOMETRE,
          longitude: Math.round(coords.longitude * KILOMETRE) / KILOMETRE,
        }),
      () => reject(new Error("Your browser did not tell where you are. You can allow it in its settings.")),
      { timeout: 10_000 },
    );
  });
}
