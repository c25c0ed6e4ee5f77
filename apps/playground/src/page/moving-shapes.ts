const WIDTH = 640;
const HEIGHT = 480;
const PERIOD_MS = 1000 / 15;

/** Coloured shapes that move over a canvas, for those without a camera. */
export interface MovingShapes {
  readonly stream: MediaStream;
  stop(): void;
}

/** Paints them until `stop` is called. */
export function moveShapes(): MovingShapes {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d");
  const paint = (): void => {
    if (context === null) return;
    const phase = performance.now() / 1000;
    context.fillStyle = "#808080";
    context.fillRect(0, 0, WIDTH, HEIGHT);
    for (const [index, colour] of ["#ff0000", "#00ff00", "#0000ff"].entries()) {
      const x = WIDTH / 2 + (WIDTH / 3) * Math.sin(phase + index * 2);
      context.fillStyle = colour;
      context.fillRect(x - 40, 60 + index * 130, 80, 80);
    }
  };
  paint();
  const timer = setInterval(paint, PERIOD_MS);
  const stream = canvas.captureStream();
  return {
    stream,
    stop: () => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
    },
  };
}
