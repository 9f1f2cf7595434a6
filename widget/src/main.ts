/** Defines the components and joins those on the page. */
import { WaymarkChat } from './chat';
import { WaymarkJourney } from './journey';
import { wireComponents, wireDisclosures } from './wire';

// A page may load the module twice, by two addresses; a second definition would throw and take the page with it.
if (!customElements.get('waymark-chat')) {
  customElements.define('waymark-chat', WaymarkChat);
  customElements.define('waymark-journey', WaymarkJourney);
  wireComponents();
  wireDisclosures();
}

export { WaymarkChat, WaymarkJourney };
