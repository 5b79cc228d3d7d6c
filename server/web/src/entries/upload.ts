/** The upload form takes dropped files too and reports on each. */
import { pageMessages } from "../ui/messages";
import { enhance } from "../upload/queue";

const form = document.getElementById("upload");
if (form instanceof HTMLFormElement) enhance(form, pageMessages());
