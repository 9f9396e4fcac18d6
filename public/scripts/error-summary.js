// Whoever cannot see the page is told first what is missing.
document.querySelector('#error-summary')?.focus();
