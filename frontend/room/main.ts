// The exam room: the live board, and scanning at the door.
import "./room.css";
import "./board.css";
import { Board } from "./board";
import { offerScan } from "./scan";

const door = document.querySelector<HTMLElement>("[data-scan]");
if (door) offerScan(door);
const board = document.querySelector<HTMLElement>("[data-board]");
if (board) new Board(board);
