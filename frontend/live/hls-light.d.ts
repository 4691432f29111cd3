// The light build has no types of its own; what it offers is part of what the whole one does.
declare module "hls.js/light" {
  export { default } from "hls.js";
}
