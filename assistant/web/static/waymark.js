var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=/* @__PURE__ */ new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:f,getOwnPropertySymbols:p,getPrototypeOf:m}=Object,h=globalThis,ee=h.trustedTypes,te=ee?ee.emptyScript:``,ne=h.reactiveElementPolyfillSupport,g=(e,t)=>e,_={toAttribute(e,t){switch(t){case Boolean:e=e?te:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},re=(e,t)=>!l(e,t),ie={attribute:!0,type:String,converter:_,reflect:!1,useDefault:!1,hasChanged:re};Symbol.metadata??=Symbol(`metadata`),h.litPropertyMetadata??=/* @__PURE__ */ new WeakMap;var v=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=ie){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??ie}static _$Ei(){if(this.hasOwnProperty(g(`elementProperties`)))return;let e=m(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(g(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(g(`properties`))){let e=this.properties,t=[...f(e),...p(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=/* @__PURE__ */ new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=/* @__PURE__ */ new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=/* @__PURE__ */ new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=/* @__PURE__ */ new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?_:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?_:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??re)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=/* @__PURE__ */ new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=/* @__PURE__ */ new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=/* @__PURE__ */ new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};v.elementStyles=[],v.shadowRootOptions={mode:`open`},v[g(`elementProperties`)]=/* @__PURE__ */ new Map,v[g(`finalized`)]=/* @__PURE__ */ new Map,ne?.({ReactiveElement:v}),(h.reactiveElementVersions??=[]).push(`2.1.2`);var ae=globalThis,oe=e=>e,y=ae.trustedTypes,se=y?y.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,b=`$lit$`,x=`lit$${Math.random().toFixed(9).slice(2)}$`,S=`?`+x,ce=`<${S}>`,C=document,w=()=>C.createComment(``),T=e=>e===null||typeof e!=`object`&&typeof e!=`function`,E=Array.isArray,le=e=>E(e)||typeof e?.[Symbol.iterator]==`function`,D=`[ 	
\f\r]`,O=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ue=/-->/g,de=/>/g,k=RegExp(`>|${D}(?:([^\\s"'>=/]+)(${D}*=${D}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),fe=/'/g,pe=/"/g,me=/^(?:script|style|textarea|title)$/i,he=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),A=he(1),j=he(2),M=Symbol.for(`lit-noChange`),N=Symbol.for(`lit-nothing`),ge=/* @__PURE__ */ new WeakMap,P=C.createTreeWalker(C,129);function _e(e,t){if(!E(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return se===void 0?t:se.createHTML(t)}var ve=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=O;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===O?c[1]===`!--`?o=ue:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=k):(me.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=k):o=de:o===k?c[0]===`>`?(o=i??O,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?k:c[3]===`"`?pe:fe):o===pe||o===fe?o=k:o===ue||o===de?o=O:(o=k,i=void 0);let d=o===k&&e[t+1].startsWith(`/>`)?` `:``;a+=o===O?n+ce:l>=0?(r.push(s),n.slice(0,l)+b+n.slice(l)+x+d):n+x+(l===-2?t:d)}return[_e(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},F=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=ve(t,n);if(this.el=e.createElement(l,r),P.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=P.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(b)){let t=u[o++],n=i.getAttribute(e).split(x),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?be:r[1]===`?`?xe:r[1]===`@`?Se:R}),i.removeAttribute(e)}else e.startsWith(x)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(me.test(i.tagName)){let e=i.textContent.split(x),t=e.length-1;if(t>0){i.textContent=y?y.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],w()),P.nextNode(),c.push({type:2,index:++a});i.append(e[t],w())}}}else if(i.nodeType===8){if(i.data===S)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(x,e+1))!==-1;)c.push({type:7,index:a}),e+=x.length-1}}a++}}static createElement(e,t){let n=C.createElement(`template`);return n.innerHTML=e,n}};function I(e,t,n=e,r){if(t===M)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=T(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=I(e,i._$AS(e,t.values),i,r)),t}var ye=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??C).importNode(t,!0);P.currentNode=r;let i=P.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new L(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Ce(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=P.nextNode(),a++)}return P.currentNode=C,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},L=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=N,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=I(this,e,t),T(e)?e===N||e==null||e===``?(this._$AH!==N&&this._$AR(),this._$AH=N):e!==this._$AH&&e!==M&&this._(e):e._$litType$===void 0?e.nodeType===void 0?le(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==N&&T(this._$AH)?this._$AA.nextSibling.data=e:this.T(C.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=F.createElement(_e(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new ye(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ge.get(e.strings);return t===void 0&&ge.set(e.strings,t=new F(e)),t}k(t){E(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(w()),this.O(w()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=oe(e).nextSibling;oe(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},R=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=N,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(/* @__PURE__ */ new String),this.strings=n):this._$AH=N}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=I(this,e,t,0),a=!T(e)||e!==this._$AH&&e!==M,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=I(this,r[n+o],t,o),s===M&&(s=this._$AH[o]),a||=!T(s)||s!==this._$AH[o],s===N?e=N:e!==N&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===N?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},be=class extends R{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===N?void 0:e}},xe=class extends R{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==N)}},Se=class extends R{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=I(this,e,t,0)??N)===M)return;let n=this._$AH,r=e===N&&n!==N||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==N&&(n===N||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Ce=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){I(this,e)}},we={M:b,P:x,A:S,C:1,L:ve,R:ye,D:le,V:I,I:L,H:R,N:xe,U:Se,B:be,F:Ce},Te=ae.litHtmlPolyfillSupport;Te?.(F,L),(ae.litHtmlVersions??=[]).push(`3.3.3`);var Ee=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new L(t.insertBefore(w(),e),e,void 0,n??{})}return i._$AI(e),i},z=globalThis,B=class extends v{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Ee(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return M}};B._$litElement$=!0,B.finalized=!0,z.litElementHydrateSupport?.({LitElement:B});var De=z.litElementPolyfillSupport;De?.({LitElement:B}),(z.litElementVersions??=[]).push(`4.2.2`);var Oe=1e3,ke=class{region;#e=/* @__PURE__ */ new Set;constructor(e){this.region=e}say(e){let t=this.region();if(!t||!e)return;let n=document.createElement(`div`);n.textContent=e,t.append(n);let r=setTimeout(()=>{n.remove(),this.#e.delete(r)},Oe);this.#e.add(r)}stop(){this.#e.forEach(clearTimeout),this.#e.clear(),this.region()?.replaceChildren()}},Ae=[`not_started`,`in_progress`,`passed`,`to_revisit`];function V(e){return typeof e==`object`&&e&&!Array.isArray(e)?e:{}}function H(e){return Array.isArray(e)?e:[]}function U(e){return typeof e==`string`?e:``}function W(e){return typeof e==`number`&&Number.isFinite(e)&&e>0?Math.floor(e):0}function je(e){let{title:t,payload:n}=V(e);return U(t)&&U(n)?[{title:U(t),payload:U(n)}]:[]}function Me(e,t){let n=V(e),r=U(n.title)||U(n.source);return r?[{n:W(n.n)||t+1,title:r,where:U(n.where)}]:[]}function Ne(e){let t=V(e),[n,r]=[W(t.question),W(t.of)];return!n||!r?null:{step:U(t.step),title:U(t.title),question:Math.min(n,r),of:r}}function Pe(e){let{url:t,alt:n}=V(e);return Fe(U(t))?{url:U(t),alt:U(n)}:null}function Fe(e){return/^https?:\/\//i.test(e)||/^\/(?!\/)/.test(e)||/^data:image\/(png|jpeg|gif|webp);/i.test(e)}function G(e){let t=V(e);return{text:U(t.text),buttons:H(t.buttons).map(e=>H(e).flatMap(je)).filter(e=>e.length>0),citations:H(t.citations).flatMap(Me),progress:Ne(t.progress),image:Pe(t.image)}}function Ie(e){return H(V(e).messages).map(G)}function Le(e){let t=V(e);return t.from===`you`?[{from:`you`,text:U(t.text)}]:t.from===`waymark`?[{from:`waymark`,reply:G(t.reply)}]:[]}function Re(e){let{messages:t,greeting:n}=V(e);return{messages:H(t).flatMap(Le),greeting:n?G(n):null}}function ze(e){let t=V(e);if(!U(t.key))return[];let n=Ae.find(e=>e===t.status)??`not_started`;return[{key:U(t.key),number:W(t.number)||null,title:U(t.title),status:n,current:t.current===!0,answered:W(t.answered),questions:W(t.questions),gaps:W(t.gaps),payload:U(t.payload)}]}function Be(e){let t=V(e);return{key:U(t.key),title:U(t.title),steps:H(t.steps).flatMap(ze)}}function Ve(e){let t=V(e),n=t.audience;return{organisation:U(t.organisation)||null,audience:n===`cluster_organisation`||n===`policy_maker`?n:null,round:W(t.round)||1,stopped:t.stopped===!0,phases:H(t.phases).map(Be)}}function He(e){let t=null;return{read(){try{return localStorage.getItem(e)??t}catch{return t}},write(n){t=n;try{localStorage.setItem(e,n)}catch{}}}}var Ue=3e4,We=401,Ge=429,Ke=500,qe=`Waymark could not be reached. Check your connection.`,K=`Something went wrong at our end.`,q=class extends Error{retriable;status;constructor(e,t,n=null){super(e),this.retriable=t,this.status=n,this.name=`ApiError`}},Je=class extends EventTarget{base;store;send;#e=null;constructor(e,t,n=(...e)=>fetch(...e)){super(),this.base=e,this.store=t,this.send=n}async chat(e){return Ie(await this.#t(`/chat`,{method:`POST`,body:JSON.stringify(e)}))}async history(){return Re(await this.#t(`/history`))}async journey(){return Ve(await this.#t(`/journey`))}async#t(e,t={}){let n=this.store.read()??await this.#n(null);try{return await this.#i(e,t,n)}catch(r){if(!(r instanceof q)||r.status!==We)throw r;return this.#i(e,t,await this.#n(n))}}async#n(e){let t=this.store.read();return t!==null&&t!==e?t:(this.#e??=this.#r(e!==null).finally(()=>{this.#e=null}),this.#e)}async#r(e){let t=(await this.#i(`/session`,{method:`POST`},null))?.token;if(typeof t!=`string`||!t)throw new q(K,!0);return this.store.write(t),this.dispatchEvent(new CustomEvent(`renewed`,{detail:{lost:e}})),t}async#i(e,t,n){let r={Accept:`application/json`};t.body!==void 0&&(r[`Content-Type`]=`application/json`),n!==null&&(r.Authorization=`Bearer ${n}`);let i;try{let n=AbortSignal.timeout(Ue);i=await this.send(this.base+e,{...t,headers:r,signal:n})}catch{throw new q(qe,!0)}let a=await i.json().catch(()=>null);if(!i.ok)throw Ye(i.status,a);if(a===null)throw new q(K,!0);return a}};function Ye(e,t){let n=e===Ge||e>=Ke;return new q(Xe(t)??K,n,e)}function Xe(e){let{error:t,detail:n}=e??{};for(let e of[t,n]){let t=typeof e==`string`?e:e?.message;if(typeof t==`string`&&t)return t}return null}var Ze=/* @__PURE__ */ new Map;function Qe(e,t){let n=e.replace(/\/+$/,``),r=JSON.stringify([n,t]),i=Ze.get(r);return i||(i=new Je(n,He(`${t}:token`)),Ze.set(r,i)),i}var $e=o`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 18rem;
    overflow: hidden;
    /* The live region is taken out of the flow and must not stretch the page it is embedded in. */
    position: relative;
  }

  .transcript {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scroll-behavior: smooth;
    padding: 1.5rem 1rem 0.5rem;
  }

  /* Both keep room for the scroll bar, so that their columns stand in one line. */
  .transcript,
  .composer {
    scrollbar-gutter: stable;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }

  .column {
    display: flex;
    flex-direction: column;
    gap: 1.25rem;
    max-inline-size: 46rem;
    margin-inline: auto;
  }

  .item {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 0.625rem;
    min-inline-size: 0;
    border-radius: var(--_radius);
  }

  .item.you {
    align-items: flex-end;
  }

  /* What is said in one breath stands together: half the gap would still look like two turns. */
  .reply + .reply {
    margin-block-start: -0.875rem;
  }

  .reply:has(+ .reply) .bubble {
    border-end-start-radius: 4px;
  }

  .bubble {
    max-inline-size: min(100%, 40rem);
    padding: 0.75rem 1rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    border-start-start-radius: 4px;
    background: var(--_surface);
    overflow-wrap: anywhere;
  }

  .you .bubble {
    max-inline-size: min(85%, 34rem);
    border-color: transparent;
    border-start-start-radius: var(--_radius);
    border-end-end-radius: 4px;
    background: var(--_tint);
    white-space: pre-wrap;
  }

  .note {
    align-self: center;
    max-inline-size: 34rem;
    color: var(--_muted);
    font-size: 0.875rem;
    text-align: center;
    text-wrap: balance;
  }

  .bubble > * {
    margin: 0;
  }

  .bubble > * + * {
    margin-block-start: 0.625rem;
  }

  .bubble ul,
  .bubble ol {
    padding-inline-start: 1.375rem;
  }

  .bubble li + li {
    margin-block-start: 0.25rem;
  }

  .bubble li::marker {
    color: var(--_muted);
  }

  .bubble a {
    color: var(--_accent);
    text-underline-offset: 0.15em;
  }

  .bubble img {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
    border-radius: 8px;
  }

  .bubble .progress {
    margin-block-end: 0.75rem;
    color: var(--_muted);
    font-size: 0.8125rem;
  }

  .progress strong {
    color: var(--_accent);
    font-weight: 600;
  }

  .bar {
    display: flex;
    gap: 4px;
    margin-block-start: 0.375rem;
  }

  .bar span {
    flex: 0 1 2.25rem;
    block-size: 4px;
    border-radius: 2px;
    background: var(--_border);
  }

  .bar .done {
    background: color-mix(in srgb, var(--_accent) 45%, var(--_border));
  }

  .bar .now {
    background: var(--_accent);
  }

  .bubble .sources {
    margin-block-start: 0.75rem;
    padding-block-start: 0.5rem;
    border-block-start: 1px solid var(--_border);
    color: var(--_muted);
    font-size: 0.8125rem;
    line-height: 1.45;
  }

  .sources div {
    padding-inline-start: 0.75rem;
    text-indent: -0.75rem;
  }

  .choices {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    max-inline-size: 100%;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  .choice {
    min-block-size: 2.75rem;
    max-inline-size: 100%;
    padding: 0.5rem 1rem;
    border: 1.5px solid var(--_accent);
    border-radius: 1.375rem;
    background: var(--_surface);
    color: var(--_accent);
    font-size: 0.9375rem;
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
    transition: background-color 120ms;
  }

  .choice:hover {
    background: var(--_tint);
  }

  .choices.closed {
    gap: 0.375rem;
  }

  .closed .row {
    gap: 0.375rem;
  }

  .closed .choice {
    min-block-size: 0;
    padding: 0.25rem 0.75rem;
    border: 1px solid var(--_border);
    background: none;
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 400;
    cursor: default;
  }

  .closed .choice.chosen {
    border-color: var(--_accent);
    color: var(--_accent);
    font-weight: 600;
  }

  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.25rem 0.75rem;
    color: var(--_warning);
    font-size: 0.875rem;
    text-align: end;
    text-wrap: balance;
  }

  .failure.start {
    justify-content: center;
    text-align: center;
  }

  .sending .bubble {
    opacity: 0.75;
  }

  .typing {
    display: flex;
    gap: 5px;
    inline-size: fit-content;
    padding: 1rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    border-start-start-radius: 4px;
    background: var(--_surface);
  }

  .typing span {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--_muted);
    animation: pulse 1.2s infinite ease-in-out;
  }

  .typing span:nth-child(2) {
    animation-delay: 0.15s;
  }

  .typing span:nth-child(3) {
    animation-delay: 0.3s;
  }

  @keyframes pulse {
    0%,
    60%,
    100% {
      opacity: 0.3;
    }
    30% {
      opacity: 1;
    }
  }

  .composer {
    flex: none;
    overflow: hidden;
    padding: 0.75rem 1rem max(0.75rem, env(safe-area-inset-bottom));
  }

  .field {
    display: flex;
    align-items: flex-end;
    gap: 0.375rem;
    max-inline-size: 46rem;
    margin-inline: auto;
    padding: 0.3125rem;
    border: 1px solid var(--_control-border);
    border-radius: 1.625rem;
    background: var(--_surface);
  }

  .field:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }

  textarea {
    flex: 1 1 auto;
    min-inline-size: 0;
    /* Five lines and the padding; beyond that it scrolls. */
    max-block-size: calc(5 * 1.5em + 1rem);
    padding: 0.5rem 0.75rem;
    border: 0;
    border-radius: 1.25rem;
    background: none;
    line-height: 1.5;
    resize: none;
    overflow-y: auto;
  }

  textarea:focus-visible {
    outline: none;
  }

  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .send {
    flex: none;
    min-block-size: 2.5rem;
    padding: 0 1.25rem;
    border: 1px solid transparent;
    border-radius: 1.25rem;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    cursor: pointer;
  }

  .send[aria-disabled='true'] {
    background: var(--_border);
    color: var(--_muted);
    cursor: default;
  }

  .foot {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    max-inline-size: 46rem;
    min-block-size: 1.125rem;
    margin: 0.375rem auto 0;
    padding-inline: 1rem;
    color: var(--_muted);
    font-size: 0.75rem;
    line-height: 1.5;
  }

  @media (max-width: 40rem), (pointer: coarse) {
    /* There is no Shift + Enter to speak of on a phone, and the line is worth more to the conversation. */
    .hint {
      display: none;
    }
    .foot:not(.counting) {
      min-block-size: 0;
      margin: 0;
    }
    .transcript {
      padding-block-start: 1rem;
    }
  }

  @media (max-width: 40rem) {
    /* Three choices a row on a phone; they stay as high as a finger needs. */
    .choices:not(.closed) .choice {
      padding-inline: 0.8125rem;
      font-size: 0.875rem;
    }
  }

  @media (forced-colors: active) {
    .bubble,
    .you .bubble {
      border-color: CanvasText;
    }
    .field:focus-within {
      outline: 3px solid Highlight;
    }
    .bar .done,
    .bar .now {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`,et={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},tt=e=>(...t)=>({_$litDirective$:e,values:t}),nt=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},rt=tt(class extends nt{constructor(e){if(super(e),e.type!==et.ATTRIBUTE||e.name!==`class`||e.strings?.length>2)throw Error("`classMap()` can only be used in the `class` attribute and must be the only part in the attribute.")}render(e){return` `+Object.keys(e).filter(t=>e[t]).join(` `)+` `}update(e,[t]){if(this.st===void 0){this.st=/* @__PURE__ */ new Set,e.strings!==void 0&&(this.nt=new Set(e.strings.join(` `).split(/\s/).filter(e=>e!==``)));for(let e in t)t[e]&&!this.nt?.has(e)&&this.st.add(e);return this.render(t)}let n=e.element.classList;for(let e of this.st)e in t||(n.remove(e),this.st.delete(e));for(let e in t){let r=!!t[e];r===this.st.has(e)||this.nt?.has(e)||(r?(n.add(e),this.st.add(e)):(n.remove(e),this.st.delete(e)))}return M}}),{I:it}=we,at=e=>e,ot=()=>document.createComment(``),J=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new it(r.insertBefore(ot(),i),r.insertBefore(ot(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=at(e).nextSibling;at(r).insertBefore(e,i),e=t}}}return n},Y=(e,t,n=e)=>(e._$AI(t,n),e),st={},ct=(e,t=st)=>e._$AH=t,lt=e=>e._$AH,ut=e=>{e._$AR(),e._$AA.remove()},dt=(e,t,n)=>{let r=/* @__PURE__ */ new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},ft=tt(class extends nt{constructor(e){if(super(e),e.type!==et.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=lt(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=Y(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=Y(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=Y(i[d],a[m]),J(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=Y(i[f],a[p]),J(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=dt(o,p,m),u=dt(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=J(e,i[d]);Y(t,a[p]),c[p]=t}else c[p]=Y(n,a[p]),J(e,i[d],n),i[t]=null;p++}else ut(i[f]),f--}else ut(i[d]),d++;for(;p<=m;){let t=J(e,c[m+1]);Y(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&ut(e)}return this.ut=o,ct(e,c),M}}),pt=/^\s{0,3}[-•]\s+(.*)$/,mt=/^\s{0,3}(\d{1,2})\.\s+(.*)$/,ht=/^\s{2,}\S/,gt=new RegExp([/\\([*_\\[\]-])/,/\[([^\]\n]+)\]\((https?:\/\/[^\s()<>"]+)\)/,/(https?:\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?*])/,/\*\*(?=\S)((?:[^*]|\*(?!\*))+?)(?<=\S)\*\*/,/\*(?=[^\s*])([^*]*[^\s*])\*/].map(e=>e.source).join(`|`),`gi`);function X(e){let t=[],n=0,r=e=>{e.split(`
`).forEach((e,n)=>{n>0&&t.push({kind:`break`}),e&&t.push({kind:`text`,text:e})})};for(let i of e.matchAll(gt)){r(e.slice(n,i.index)),n=i.index+i[0].length;let[,a,o,s,c,l,u]=i;a===void 0?s===void 0?c===void 0?l===void 0?u!==void 0&&t.push({kind:`em`,children:X(u)}):t.push({kind:`strong`,children:X(l)}):t.push({kind:`link`,href:c,text:c}):t.push({kind:`link`,href:s,text:o??s}):r(a)}return r(e.slice(n)),t}function _t(e){let t=[],n;for(let r of e.replace(/\r\n?/g,`
`).split(`
`)){if(!r.trim()){n=void 0;continue}let e=vt(r);n&&yt(n,e,r)?bt(n,e,r):(n=e,t.push(n))}return t.map(xt)}function vt(e){let t=pt.exec(e);if(t)return{kind:`bullets`,start:1,items:[t[1]??``]};let n=mt.exec(e);return n?{kind:`numbers`,start:Number(n[1]),items:[n[2]??``]}:{kind:`paragraph`,start:1,items:[e.trim()]}}function yt(e,t,n){return e.kind===t.kind||t.kind===`paragraph`&&ht.test(n)}function bt(e,t,n){if(t.kind!==`paragraph`)e.items.push(...t.items);else{let t=e.items.length-1;e.items[t]=`${e.items[t]??``}\n${n.trim()}`}}function xt(e){if(e.kind===`paragraph`)return{kind:`paragraph`,children:X(e.items[0]??``)};let t=e.items.map(X);return e.kind===`bullets`?{kind:`bullets`,items:t}:{kind:`numbers`,start:e.start,items:t}}function Z(e){switch(e.kind){case`text`:return e.text;case`break`:return A`<br />`;case`strong`:return A`<strong>${e.children.map(Z)}</strong>`;case`em`:return A`<em>${e.children.map(Z)}</em>`;case`link`:return A`<a href=${e.href} target="_blank" rel="noopener noreferrer" tabindex="-1">${e.text}</a>`}}function St(e){if(e.kind===`paragraph`)return A`<p>${e.children.map(Z)}</p>`;let t=e.items.map(e=>A`<li>${e.map(Z)}</li>`);return e.kind===`bullets`?A`<ul>${t}</ul>`:A`<ol start=${e.start}>${t}</ol>`}function Ct(e){return _t(e).map(St)}function wt(e){return e.kind===`break`?` `:e.kind===`text`||e.kind===`link`?e.text:e.children.map(wt).join(``)}function Tt(e){return _t(e).map(e=>{if(e.kind===`paragraph`)return e.children.map(wt).join(``);let t=e.kind===`numbers`?e.start:null;return e.items.map((e,n)=>(t===null?``:`${t+n}. `)+e.map(wt).join(``)).join(` `)}).join(` `)}function Q(e,...t){let n=Math.max(0,...e.map(e=>e.key))+1;return[...e,...t.map((e,t)=>({...e,key:n+t}))]}function Et(e,t,n){return e.map(e=>e.key===t&&e.kind===`you`?{...e,...n}:e)}function Dt(e,t){let n=t.greeting?[{kind:`reply`,reply:t.greeting}]:[],r=t.messages.map(e=>e.from===`you`?{kind:`you`,outgoing:{text:e.text},status:`sent`,failure:null}:{kind:`reply`,reply:e.reply}),i=Q(e,...r.length>0?r:n),a=e.findIndex(e=>e.kind===`you`),o=a<0?e.length:a;return[...e.slice(0,o),...i.slice(e.length),...e.slice(o)]}function Ot(e,t){return e.slice(t+1).find(e=>e.kind===`you`&&e.status!==`failed`)}function kt(e,t){let n=e[t],r=Ot(e,t);if(!r)return{open:!0};let i=n?.kind===`reply`?n.reply.buttons.flat():[],a=r.outgoing;return{open:!1,chosen:i.find(e=>`payload`in a?e.payload===a.payload:e.title.toLowerCase()===a.text.trim().toLowerCase())??null}}function At(e,t){let n=e.findLast(e=>e.kind===`you`);return t.status===`failed`&&t.failure?.retriable===!0&&n?.key===t.key}function jt(e){return`text`in e?e.text:e.title}var Mt=10,Nt=`⁰¹²³⁴⁵⁶⁷⁸⁹`;function Pt(e){return String(e).replace(/\d/g,e=>Nt[Number(e)]??e)}function Ft({title:e,where:t}){return t?`${e}, ${t}`:e}function It(e){return[/^\d+$/.test(e.step)?`Step ${e.step} of ${Mt}`:``,e.title,`question\u00a0${e.question}\u00a0of\u00a0${e.of}`].filter(Boolean)}function Lt(e){return e.kind===`you`?`You said:`:e.kind===`reply`?`Waymark said:`:`Note:`}function Rt(e){let t=Lt(e);if(e.kind===`you`)return`${t} ${jt(e.outgoing)}`;if(e.kind===`note`)return`${t} ${e.text}`;let{reply:n}=e,r=n.buttons.flat().map(e=>e.title);return[t,...[n.progress?`${It(n.progress).join(`, `)}.`:``,Tt(n.text),n.image?.alt?`Image: ${n.image.alt}`:``,r.length>0?`Choices: ${r.join(`, `)}.`:``].filter(Boolean)].join(` `)}function zt(e){return ft(e.items,e=>e.key,(t,n)=>{let r=`m${t.key}`,i=t.kind===`you`&&t.status===`sending`;return A`<article
        class=${rt({item:!0,[t.kind]:!0,sending:i})}
        data-key=${t.key}
        tabindex=${n===e.stop?`0`:`-1`}
        aria-posinset=${n+1}
        aria-setsize=${e.items.length}
        aria-labelledby="${r}-who ${r}-body"
      >
        <span class="hidden" id="${r}-who">${Lt(t)}</span>
        ${t.kind===`note`?A`<div id="${r}-body">${t.text}</div>`:N}
        ${t.kind===`you`?Bt(e,t,`${r}-body`):N}
        ${t.kind===`reply`?Wt(e,t,n,`${r}-body`):N}
      </article>`})}function Bt(e,t,n){return A`<div class="bubble" id=${n}>${jt(t.outgoing)}</div>
    ${t.failure===null?N:Ht(e,t,t.failure)}`}var Vt={failed:`Try again`,sending:`Trying again`,sent:`Sent`};function Ht(e,t,n){return A`<div class="failure">
    ${t.status===`failed`?A`<span>Not sent. ${n.message}</span>`:N}
    ${n.retriable?Ut(Vt[t.status],At(e.items,t),()=>e.retry(t)):N}
  </div>`}function Ut(e,t,n){return A`<button
    class="quiet"
    type="button"
    aria-disabled=${t?`false`:`true`}
    @click=${()=>{t&&n()}}
  >
    ${e}
  </button>`}function Wt(e,t,n,r){let{reply:i}=t;return A`<div class="bubble" id=${r}>
      ${i.progress?Gt(i.progress):N} ${Ct(i.text)}
      ${i.image?A`<img src=${i.image.url} alt=${i.image.alt} />`:N} ${Kt(i)}
    </div>
    ${i.buttons.length>0?qt(e,n,i):N}`}function Gt(e){let[t,...n]=It(e),r=Array.from({length:e.of},(e,t)=>t+1),i=t=>t<e.question?`done`:t===e.question?`now`:``;return A`<div class="progress">
    <div><strong>${t}</strong>${n.map(e=>` · ${e}`)}</div>
    <div class="bar" aria-hidden="true">${r.map(e=>A`<span class=${i(e)}></span>`)}</div>
  </div>`}function Kt({citations:e}){return e.length===0?N:A`<div class="sources">
    <span class="hidden">Sources:</span>
    ${e.map(e=>A`<div>${Pt(e.n)} ${Ft(e)}</div>`)}
  </div>`}function qt(e,t,n){let r=kt(e.items,t),i=r.open?null:r.chosen,a=n.buttons.flat(),o=Math.min(e.choice,a.length-1),s=t=>A`<button
    class=${rt({choice:!0,chosen:t===i})}
    type="button"
    tabindex=${r.open&&a.indexOf(t)===o?`0`:`-1`}
    aria-disabled=${r.open?`false`:`true`}
    @click=${()=>{r.open&&e.choose(t)}}
  >
    ${t===i?A`<span aria-hidden="true">✓ </span>`:N}${t.title}
  </button>`;return A`<div
    class=${rt({choices:!0,closed:!r.open})}
    role="toolbar"
    aria-label="Choices"
    aria-disabled=${r.open?`false`:`true`}
  >
    ${n.buttons.map(e=>A`<div class="row">${e.map(s)}</div>`)}
    ${r.open?N:A`<span class="hidden">${i?`You chose ${i.title}.`:`Closed.`}</span>`}
  </div>`}function Jt(){return A`<div class="typing" aria-hidden="true"><span></span><span></span><span></span></div>`}function Yt(e,t,n,r){if(n===0)return null;let i=n-1,a=r===`both`;return e===`Home`?0:e===`End`?i:e===`ArrowUp`||a&&e===`ArrowLeft`?Math.max(0,t-1):e===`ArrowDown`||a&&e===`ArrowRight`?Math.min(i,t+1):null}function Xt(e){return e.key===`Enter`&&!e.shiftKey&&!e.isComposing}function Zt(e,t,n,r){let i=t.closest(`article`);if(!i)return null;let a=t.matches(`a`);return e===`Escape`?a?i:r:t===i?e===`Enter`?i.querySelector(`a`):$t(n,e,t,`vertical`):a?$t([...i.querySelectorAll(`a`)],e,t,`both`):t.matches(`.choice`)?$t(Qt(t),e,t,`both`):null}function Qt(e){return[...e.closest(`.choices`)?.querySelectorAll(`.choice`)??[]]}function $t(e,t,n,r){let i=Yt(t,e.indexOf(n),e.length,r);return i===null?null:e[i]??null}var en=o`
  :host {
    color-scheme: light dark;
    --_accent: var(--waymark-accent, light-dark(#0f5c6e, #74c7d8));
    --_on-accent: var(--waymark-on-accent, light-dark(#ffffff, #06242b));
    --_background: var(--waymark-background, light-dark(#f7f9f9, #10181c));
    --_surface: var(--waymark-surface, light-dark(#ffffff, #19242a));
    --_tint: var(--waymark-tint, light-dark(#e1eff2, #173b46));
    --_text: var(--waymark-text, light-dark(#17242b, #e6edef));
    --_muted: var(--waymark-muted, light-dark(#52636c, #a5b5bc));
    --_border: var(--waymark-border, light-dark(#d9e1e4, #2d3c43));
    --_control-border: var(--waymark-control-border, light-dark(#7a8b93, #6f848d));
    --_warning: var(--waymark-warning, light-dark(#8a4a06, #f0b465));
    --_radius: var(--waymark-radius, 14px);
    --_font: var(
      --waymark-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      'Noto Sans',
      sans-serif
    );
    box-sizing: border-box;
    color: var(--_text);
    background: var(--_background);
    font: 400 1rem/1.5 var(--_font);
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }

  button,
  textarea {
    font: inherit;
    color: inherit;
  }

  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }

  .quiet {
    padding: 0.25rem 0.75rem;
    border: 1px solid currentColor;
    border-radius: 999px;
    background: none;
    color: var(--_accent);
    font-size: 0.875rem;
    font-weight: 600;
    cursor: pointer;
  }

  .quiet[aria-disabled='true'] {
    padding-inline: 0;
    border-color: transparent;
    color: var(--_muted);
    font-weight: 400;
    cursor: default;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`,$=2e3,tn=200,nn=[200,50,0],rn=300,an=16,on=`Your earlier conversation is no longer kept on the server, so this is a new one.`,sn=class extends B{static styles=[en,$e];static properties={api:{},storageKey:{attribute:`storage-key`},_items:{state:!0},_pending:{state:!0},_typing:{state:!0},_load:{state:!0},_failure:{state:!0},_stop:{state:!0},_choice:{state:!0},_length:{state:!0}};#e=new ke(()=>this.renderRoot.querySelector(`.live`));#t=null;#n=Promise.resolve();#r=null;#i=!0;#a=!1;#o=new ResizeObserver(()=>this.#E());constructor(){super(),this.api=`/api`,this.storageKey=`waymark`,this._items=[],this._pending=0,this._typing=!1,this._load=`sending`,this._failure=null,this._stop=null,this._choice=0,this._length=0}connectedCallback(){super.connectedCallback(),this.#t=Qe(this.api,this.storageKey),this.#t.addEventListener(`renewed`,this.#f),this.hasUpdated||(this.#n=this.#c())}disconnectedCallback(){super.disconnectedCallback(),this.#t?.removeEventListener(`renewed`,this.#f),this.#e.stop()}send(e){return this.#s(()=>this.#l(e))}#s(e){return this._pending+=1,this.#n=this.#n.then(e).finally(()=>{--this._pending}),this.#n}async#c(){this._load=`sending`;try{let e=await this.#m.history();this._items=Dt(this._items,e),this._load=`sent`;let t=this._items.findLastIndex(e=>e.kind===`you`);this.#r=this._items[Math.max(0,t)]?.key??null}catch(e){this._load=`failed`,this._failure=un(e).message,this.#e.say(this._failure)}}async#l(e){this.#p&&await this.#c(),this._items=Q(this._items,{kind:`you`,outgoing:e,status:`sending`,failure:null});let t=this._items.at(-1);this.#e.say(Rt(t)),this.#r=t.key,await this.#u(t)}async#u(e){this._items=Et(this._items,e.key,{status:`sending`});let t=setTimeout(()=>this._typing=!0,rn);try{let t=await this.#m.chat(e.outgoing);this._items=Et(this._items,e.key,{status:`sent`}),this.#d(t)}catch(t){let n=un(t);this._items=Et(this._items,e.key,{status:`failed`,failure:n}),this.#r=e.key,this.#e.say(`Not sent. ${n.message}`)}finally{clearTimeout(t),this._typing=!1}}#d(e){let t=this._items.length;this._items=Q(this._items,...e.map(e=>({kind:`reply`,reply:e}))),this._stop=null,this._choice=0;let n=this._items.slice(t);this.#r=n[0]?.key??null,n.forEach(e=>this.#e.say(Rt(e))),this.dispatchEvent(new CustomEvent(`waymark-turn`,{detail:{replies:e},bubbles:!0,composed:!0}))}#f=e=>{e.detail.lost&&(this._items=Q(this._items,{kind:`note`,text:on}),this.#e.say(on))};get#p(){return this._load===`failed`&&!this._items.some(e=>e.kind===`reply`)}get#m(){return this.#t??=Qe(this.api,this.storageKey)}get#h(){return this.renderRoot.querySelector(`textarea`)}#g(e){e.preventDefault();let t=this.#h,n=t?.value.trim()??``;!t||!n||this._pending>0||(t.value=``,this.#b(),this.send({text:n}))}#_(e){this._pending===0&&this.#s(()=>this.#u(e))}#v(e){this._pending===0&&this.send(e)}#y(e){Xt(e)&&this.#g(e)}#b(){let e=this.#h;if(!e)return;e.style.height=`auto`,e.style.height=`${e.scrollHeight}px`;let t=$-e.value.length,n=$-this._length;this._length=e.value.length,nn.some(e=>t<=e&&n>e)&&this.#e.say(cn(t))}#x(e){let t=this.#C.indexOf(e.target.closest(`article`));t>=0&&(this._stop=t)}#S(e){let t=Zt(e.key,e.target,this.#C,this.#h);t&&(e.preventDefault(),t.matches(`.choice`)&&(this._choice=Qt(t).indexOf(t)),t.focus())}get#C(){return[...this.renderRoot.querySelectorAll(`article`)]}get#w(){return this.renderRoot.querySelector(`.transcript`)}#T(){let e=this.#w;if(!e)return;let t=e.scrollHeight-e.clientHeight-e.scrollTop;this.#i=t<an}#E(){let e=this.#w;e&&this.#i&&e.scrollTo({top:e.scrollHeight,behavior:`instant`})}firstUpdated(){this.#w&&this.#o.observe(this.#w)}updated(e){let t=this.#w;if(e.has(`_typing`)&&this._typing&&t?.scrollTo({top:t.scrollHeight}),this.#r===null)return;let n=this.renderRoot.querySelector(`[data-key="${this.#r}"]`);if(this.#r=null,!n||!t)return;let r=n.getBoundingClientRect().top-t.getBoundingClientRect().top,i=this.#a?`auto`:`instant`;t.scrollTo({top:t.scrollTop+r-an,behavior:i}),this.#a=!0}render(){return A`
      <div
        class="transcript"
        role="feed"
        tabindex="-1"
        aria-label="Conversation"
        aria-busy=${this._load===`sending`?`true`:`false`}
        @keydown=${this.#S}
        @focusin=${this.#x}
        @scroll=${this.#T}
      >
        <div class="column" role="presentation">
          ${this._failure===null?N:this.#O(this._failure)}
          ${zt({items:this._items,stop:Math.min(this._stop??1/0,this._items.length-1),choice:this._choice,choose:e=>this.#v(e),retry:e=>this.#_(e)})}
          ${this._typing?Jt():N}
        </div>
      </div>
      ${this.#D()}
      <div class="hidden" role="status">${this._typing?`Waymark is writing`:``}</div>
      <div class="hidden live" role="log" aria-live="polite" aria-relevant="additions" aria-label="New messages"></div>
    `}#D(){let e=$-this._length,t=e<=tn;return A`<form class="composer" @submit=${this.#g}>
      <label class="hidden" for="input">Your message</label>
      <div class="field">
        <textarea
          id="input"
          rows="1"
          maxlength=${$}
          placeholder="Write a message"
          enterkeyhint="send"
          autocomplete="off"
          aria-describedby="hint count"
          @input=${this.#b}
          @keydown=${this.#y}
        ></textarea>
        <button
          class="send"
          type="submit"
          aria-disabled=${this._pending>0||this._length===0?`true`:`false`}
          @mousedown=${ln}
        >
          Send
        </button>
      </div>
      <div class="foot ${t?`counting`:``}">
        <span class="hint" id="hint">Enter sends, Shift + Enter starts a new line</span>
        <span id="count">${t?cn(e):N}</span>
      </div>
    </form>`}#O(e){return A`<div class="failure start">
      ${this._load===`failed`?A`<span>${e}</span>`:N}
      ${Ut({failed:`Try again`,sending:`Trying again`,sent:`Connected`}[this._load],this.#p,()=>{this.#n=this.#n.then(()=>this.#c())})}
    </div>`}};function cn(e){return e===1?`1 character left`:`${e} characters left`}function ln(e){e.preventDefault()}function un(e){if(e instanceof q)return{message:e.message,retriable:e.retriable};throw e}var dn=o`
  :host {
    display: block;
    /* Where the line runs, from the left edge to its middle; headings and stations keep to it. */
    --_line: 1.25rem;
  }

  section {
    padding: 1rem 1rem 1.25rem;
  }

  h2,
  p {
    margin: 0;
    padding-inline: 0.5rem;
  }

  h2 {
    font-size: 1.0625rem;
    font-weight: 650;
  }

  .organisation {
    font-weight: 600;
  }

  .summary {
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .stopped,
  .failure {
    margin-block-start: 0.5rem;
    color: var(--_warning);
    font-size: 0.875rem;
  }

  h3 {
    position: relative;
    margin: 0;
    padding: 0.75rem 0 0.125rem calc(var(--_line) + 2.625rem);
    color: var(--_muted);
    font-size: 0.75rem;
    font-weight: 650;
    letter-spacing: 0.04em;
    line-height: 1.4;
  }

  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    position: relative;
  }

  /* The line: through every station and past the headings between, from the middle of the first to that of the last. */
  h3::before,
  li::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: calc(var(--_line) - 1px);
    /* Over the current station's background, under the stations. */
    z-index: 1;
    inline-size: 2px;
    background: color-mix(in srgb, var(--_accent) 40%, var(--_border));
    pointer-events: none;
  }

  h3:first-of-type::before,
  h3:last-of-type::before {
    display: none;
  }

  ol:first-of-type li:first-child::before {
    inset-block-start: 1.25rem;
  }

  ol:nth-last-of-type(2) li:last-child::before {
    inset-block-end: calc(100% - 1.25rem);
  }

  li.beside::before {
    display: none;
  }

  button {
    position: relative;
    display: grid;
    grid-template-columns: 1.5rem 1.875rem 1fr auto;
    align-items: start;
    inline-size: 100%;
    padding: 0.5rem 0.625rem 0.5rem calc(var(--_line) - 0.75rem);
    border: 1px solid transparent;
    border-radius: 10px;
    background: none;
    font-size: 0.9375rem;
    line-height: 1.5;
    text-align: start;
    cursor: pointer;
  }

  button:hover {
    background: color-mix(in srgb, var(--_tint) 55%, transparent);
  }

  button:focus-visible {
    outline-offset: -2px;
  }

  button[aria-current] {
    background: var(--_tint);
  }

  button[aria-current] .title {
    font-weight: 600;
  }

  .icon {
    position: relative;
    z-index: 2;
    inline-size: 1.5rem;
    block-size: 1.5rem;
  }

  circle {
    fill: var(--_background);
    stroke: var(--_control-border);
    stroke-width: 2;
  }

  .in_progress circle,
  .passed circle,
  button[aria-current] circle {
    stroke: var(--_accent);
  }

  .passed circle {
    fill: var(--_accent);
  }

  .to_revisit circle {
    stroke: var(--_warning);
  }

  .fill {
    fill: var(--_accent);
  }

  .mark {
    fill: none;
    stroke: var(--_on-accent);
    stroke-width: 2.25;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .to_revisit .mark {
    stroke: var(--_warning);
    stroke-width: 1.75;
  }

  .tip {
    fill: var(--_warning);
  }

  .number {
    padding-inline-end: 0.4375rem;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .remark {
    display: block;
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 400;
    line-height: 1.4;
  }

  .to_revisit .remark {
    color: var(--_warning);
  }

  .count {
    padding-inline-start: 0.625rem;
    color: var(--_muted);
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
    line-height: 1.5rem;
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    button[aria-current] {
      border-color: Highlight;
    }
    .passed circle,
    .fill {
      fill: CanvasText;
    }
    .mark {
      stroke: Canvas;
    }
  }
`,fn=`Throughout`;function pn(e){let t=e.phases.flatMap(e=>e.steps.map(t=>({title:t.number===null?fn:e.title,step:t}))).sort((e,t)=>(e.step.number??1/0)-(t.step.number??1/0)||0),n=[];for(let{title:e,step:r}of t){let t=n.at(-1);t?.title===e?t.steps.push(r):n.push({title:e,steps:[r]})}return n}function mn(e){let t=e.phases.flatMap(e=>e.steps).filter(e=>e.number!==null);return`${t.filter(e=>e.status===`passed`).length} of ${t.length} steps passed`}var hn={not_started:`Not started`,in_progress:`In progress`,passed:`Passed`,to_revisit:`To revisit`};function gn(e){return[e.current?`You are here`:``,e.status===`not_started`?``:hn[e.status],e.gaps>0?`${e.gaps} to work on`:``].filter(Boolean).map(e=>e.replaceAll(` `,`\xA0`)).join(` · `)}function _n(e){return e.number===null?e.title:`Step ${e.number}: ${e.title}`}var vn=class extends B{static styles=[en,dn];static properties={api:{},storageKey:{attribute:`storage-key`},for:{},_journey:{state:!0},_failure:{state:!0},_loading:{state:!0}};#e=0;constructor(){super(),this.api=`/api`,this.storageKey=`waymark`,this.for=``,this._journey=null,this._failure=null,this._loading=!1}connectedCallback(){super.connectedCallback(),this.reload()}async reload(){let e=++this.#e;this._loading=!0;try{let t=await Qe(this.api,this.storageKey).journey();if(e!==this.#e)return;this._journey=t,this._failure=null}catch(t){if(!(t instanceof q))throw t;e===this.#e&&(this._failure=t.message)}finally{e===this.#e&&(this._loading=!1)}}#t(e){let t={payload:e.payload,title:_n(e)};this.dispatchEvent(new CustomEvent(`waymark-send`,{detail:t,bubbles:!0,composed:!0}))}render(){let e=this._journey;return A`<section aria-labelledby="heading">
      <h2 id="heading">Your journey</h2>
      ${e?this.#n(e):N}
      ${this._failure===null?N:A`<p class="failure" role="status">
            ${this._failure}
            ${Ut(this._loading?`Trying again`:`Try again`,!this._loading,()=>void this.reload())}
          </p>`}
      ${e?ft(pn(e),(e,t)=>t,({title:e,steps:t})=>A`
              <h3>${e}</h3>
              <ol role="list">
                ${ft(t,e=>e.key,e=>this.#r(e))}
              </ol>
            `):N}
    </section>`}#n(e){let t=e.round>1?` · round ${e.round}`:``;return A`${e.organisation?A`<p class="organisation">${e.organisation}</p>`:N}
      <p class="summary">${mn(e)}${t}</p>
      ${e.stopped?A`<p class="stopped">This journey is stopped. Step 1 is the way back in.</p>`:N}`}#r(e){let t=gn(e),n=`${e.answered} of ${e.questions}`;return A`<li class=${e.number===null?`beside`:``}>
      <button
        type="button"
        class=${e.status}
        aria-current=${e.current?`step`:N}
        @click=${()=>this.#t(e)}
      >
        ${yn(e.status)}
        <span class="number">${e.number??N}</span>
        <span class="title"
          >${e.title}<span class="hidden"
            >. ${e.status===`not_started`?`${hn[e.status]}. `:N}${n} questions
            answered.</span
          >${t?A` <span class="remark">${t}</span>`:N}</span
        >
        ${e.questions>0?A`<span class="count" aria-hidden="true">${n}</span>`:N}
      </button>
    </li>`}};function yn(e){return j`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9.5" />${{not_started:j``,in_progress:j`<path class="fill" d="M12 5.5a6.5 6.5 0 0 1 0 13z" />`,passed:j`<path class="mark" d="m7.8 12.4 2.9 2.9 5.6-6.2" />`,to_revisit:j`<path class="mark" d="M16.4 12a4.4 4.4 0 1 1-1.5-3.3" />
      <path class="tip" d="M16.9 5.9v4.4h-4.4z" />`}[e]}
  </svg>`}function bn(e){let t=e.composedPath()[0];if(!(t instanceof Element))return null;let n=t.getRootNode();return`getElementById`in n?{element:t,root:n}:null}function xn(e){let t=bn(e),n=t?.element.getAttribute(`for`),r=n?t?.root.getElementById(n):null;r?.localName===`waymark-chat`&&r.send(e.detail)}function Sn(e){let t=bn(e);if(t?.element.id)for(let e of t.root.querySelectorAll(`waymark-journey`))e.getAttribute(`for`)===t.element.id&&e.reload()}function Cn(e=document){e.addEventListener(`waymark-send`,xn),e.addEventListener(`waymark-turn`,Sn)}function wn(e=document){for(let t of e.querySelectorAll(`[data-waymark-discloses]`)){let n=e.getElementById(t.getAttribute(`aria-controls`)??``);n&&Tn(t,n,e)}}function Tn(e,t,n){let r=()=>e.getAttribute(`aria-expanded`)===`true`,i=n=>{e.setAttribute(`aria-expanded`,String(n)),t.toggleAttribute(`data-open`,n)},a=()=>{r()&&(e.focus(),i(!1))};e.addEventListener(`click`,()=>i(!r())),t.addEventListener(`waymark-send`,a);for(let n of[e,t])n.addEventListener(`keydown`,e=>{e.key===`Escape`&&a()});n.addEventListener(`focusin`,({target:n})=>{n instanceof Node&&!t.contains(n)&&!e.contains(n)&&i(!1)})}customElements.get(`waymark-chat`)||(customElements.define(`waymark-chat`,sn),customElements.define(`waymark-journey`,vn),Cn(),wn());export{sn as WaymarkChat,vn as WaymarkJourney};