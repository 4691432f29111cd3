// The exam room: scanning at the door.
import "./room.css";
import { offerScan } from "./scan";

const door = document.querySelector<HTMLElement>("[data-scan]");
if (door) offerScan(door);
