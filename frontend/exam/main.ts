// The examination page. It brings its own stylesheet only through the site entry.
export {};
