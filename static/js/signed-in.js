// The end of a sign-in that another page has asked for: tells it, and closes the small window.

new BroadcastChannel("signed-in").postMessage("signed-in");
if (window.name === "sign-in") window.close();
